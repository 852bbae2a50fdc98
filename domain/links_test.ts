import assert from "node:assert/strict";
import fc from "fast-check";
import { muteLinks, muteScope, narrowedTo, signMute, verifyMute } from "./links.ts";
import { optOuts } from "./opt_outs.ts";

const secret = "a secret of at least thirty-two characters";
const user = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
const plain = { noNullPrototype: true };
const scope = fc.oneof(
  fc.record({ user, notifications: fc.array(fc.nat(), { maxLength: 30 }) }, plain),
  fc.record({ user, optOut: fc.constantFrom(...optOuts) }, plain),
);

Deno.test("a mute link means what was signed", () =>
  fc.assert(fc.asyncProperty(scope, async (signed) => {
    assert.deepEqual(await verifyMute(secret, await signMute(secret, signed)), signed);
  })));

Deno.test("a link in an email that left long ago still means what it said", async () => {
  const signed = "F3nxwglLI6rUfEKzCfnD6BN-I4as-_KDcL0BNV2hlfQ.YWRh.-7-c";
  assert.equal(await signMute(secret, { user: "ada", notifications: [7, 12] }), signed);
  assert.deepEqual(await verifyMute(secret, signed), { user: "ada", notifications: [7, 12] });
});

Deno.test("a mute link can stand in a URL as it is", () =>
  fc.assert(fc.asyncProperty(scope, async (signed) => {
    assert.match(await signMute(secret, signed), /^[A-Za-z0-9._-]+$/);
  })));

Deno.test("a mute link with any one character altered means nothing", () => {
  const altering = fc.record({
    scope,
    position: fc.nat(),
    character: fc.constantFrom(..."ABCXYZabcxyz0189._-=+/ ~"),
  });
  return fc.assert(fc.asyncProperty(altering, async ({ scope, position, character }) => {
    const token = await signMute(secret, scope);
    const at = position % token.length;
    const altered = token.slice(0, at) + character + token.slice(at + 1);
    fc.pre(altered !== token);
    assert.equal(await verifyMute(secret, altered), null);
  }));
});

Deno.test("no other spelling of a signature is accepted", async () => {
  const token = await signMute(secret, { user: "ada", optOut: "daily" });
  const [signature, ...payload] = token.split(".");
  for (const last of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") {
    const other = [signature!.slice(0, -1) + last, ...payload].join(".");
    assert.equal((await verifyMute(secret, other)) === null, other !== token);
  }
});

Deno.test("a mute link of another secret, a cut one and an empty one mean nothing", async () => {
  const token = await signMute(secret, { user: "ada", notifications: [7, 12] });
  assert.equal(await verifyMute(`${secret}.`, token), null);
  assert.equal(await verifyMute(secret, token.slice(0, -1)), null);
  assert.equal(await verifyMute(secret, token.split(".")[0]!), null);
  assert.equal(await verifyMute(secret, ""), null);
});

Deno.test("what the secret signs for another purpose is no mute link", async () => {
  const payload = "YWRh.daily";
  const data = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", data.encode(secret), algorithm, false, ["sign"]);
  const signature = new Uint8Array(await crypto.subtle.sign("HMAC", key, data.encode(payload)));
  const token = `${signature.toBase64({ alphabet: "base64url", omitPadding: true })}.${payload}`;
  assert.equal(await verifyMute(secret, token), null);
});

Deno.test("an immediate email unsubscribes from what matched, a digest from its frequency", () => {
  assert.deepEqual(muteScope("ada", "immediately", [3, 4]), {
    user: "ada",
    notifications: [3, 4],
  });
  assert.deepEqual(muteScope("ada", "daily", [3, 4]), { user: "ada", optOut: "daily" });
});

Deno.test("an immediate email with more reasons than a header line holds unsubscribes from them all", async () => {
  const ids = Array.from({ length: 31 }, (_, index) => 36 ** 5 - 1 - index);
  const longName = crypto.randomUUID();
  assert.deepEqual(muteScope(longName, "immediately", ids), {
    user: longName,
    optOut: "immediately",
  });
  const longest = await signMute(secret, muteScope(longName, "immediately", ids.slice(1)));
  assert.ok(longest.length < 300, `${longest.length} characters`);
});

Deno.test("each notification of an email has a link, which mutes that one and no other", async () => {
  for (const count of [0, 1, 2, 10, 11, 25]) {
    const ids = Array.from({ length: count }, (_, index) => 7 * index + 3);
    const links = await muteLinks(secret, "ada", ids);
    assert.deepEqual([...links.keys()], ids);
    for (const [id, link] of links) {
      const [token, named = id] = link.split("/");
      const scope = await verifyMute(secret, token!);
      const one = { user: "ada", notifications: [id] };
      assert.deepEqual(narrowedTo(scope!, Number(named)), one);
      assert.equal(narrowedTo(scope!, id + 1), null);
    }
  }
});

Deno.test("a link that mutes a frequency names no notification alone", () => {
  assert.equal(narrowedTo({ user: "ada", optOut: "daily" }, 3), null);
});
