import { createScimKey } from "../db/scim_keys.ts";
import { startApp } from "./app.ts";

/** What a directory gets back. */
export interface ScimAnswer {
  status: number;
  headers: Headers;
  // What came as JSON, looked at as its reader likes.
  body: Record<string, unknown>;
}

export type Directory = (method: string, path: string, body?: unknown) => Promise<ScimAnswer>;

/** The web, and the directory of Meridian Post asking it as identity providers do. */
export async function startDirectory(database?: Parameters<typeof startApp>[1]) {
  const web = await startApp({}, database);
  const { db, app, clock } = web;
  const keyOf = (accountId: string) =>
    createScimKey(db, { name: `Directory of ${accountId}`, accountId }, clock.now);
  const asking = (key: string): Directory => async (method, path, body) => {
    const response = await app.request(`http://localhost:8000/scim/v2${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...body !== undefined && { "content-type": "application/scim+json" },
      },
      body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? {} : JSON.parse(text),
    };
  };
  const key = await keyOf("meridian-post");
  return {
    ...web,
    key,
    asking,
    ask: asking(key),
    /** The directory of another account. */
    elsewhere: asking(await keyOf("petrel-and-finch")),
  };
}
