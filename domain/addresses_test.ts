import { equal } from "node:assert/strict";
import fc from "fast-check";
import { parseAddress, parseVouchedAddress } from "./addresses.ts";

Deno.test("an address is the same in every letter case and Unicode form", () => {
  for (
    const text of [
      "Ada@Lumen.Example",
      " ada@lumen.example ",
      "ａｄａ＠ｌｕｍｅｎ．ｅｘａｍｐｌｅ",
    ]
  ) {
    equal(parseAddress(text), "ada@lumen.example", text);
  }
});

Deno.test("a domain is the one that the DNS knows, however it is written", () => {
  for (
    const domain of ["Bücher.example", "bu\u0308cher.example", "BU\u0308CHER.EXAMPLE"]
      .concat("xn--bcher-kva.example", "XN--BCHER-KVA.example")
  ) {
    equal(parseAddress(`ada@${domain}`), "ada@xn--bcher-kva.example", domain);
  }
  equal(parseAddress("ada@пример.рф"), "ada@xn--e1afmkfd.xn--p1ai");
});

Deno.test("what is no address, or none that every mail server takes, is refused", () => {
  for (
    const text of [
      ...["ädä@lumen.example", "a\u202eda@lumen.example", `${"a".repeat(250)}@b.example`, ""],
      ...["ada", "ada@", "@lumen.example", "ada@lumen", "ada@127.0.0.1", "ada@lumen.example/x"],
      ...["ada@b@lumen.example", "ada@lumen.example:25", "ada@lum%65n.example", "ada@.example"],
      // Letters whose small form is another letter for some: nobody is taken for Ida.
      ...["\u0130da@lumen.example", "\u0131da@lumen.example"],
    ]
  ) {
    equal(parseAddress(text), null, text);
  }
});

Deno.test("an address that is parsed again stays as it is", () => {
  const texts = fc.oneof(fc.emailAddress(), fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(texts, (text) => {
      const once = parseAddress(text);
      if (once !== null) equal(parseAddress(once), once);
    }),
    { numRuns: 200 },
  );
});

Deno.test("whom a provider vouches for is nobody whose mailbox only looks the same", () => {
  equal(parseVouchedAddress("Ada@Lumen.example"), "ada@lumen.example");
  equal(parseVouchedAddress("ada@Bücher.example"), "ada@xn--bcher-kva.example");
  equal(parseVouchedAddress("ａda@lumen.example"), null);
});
