import * as z from "zod";
import type { Asked, Draft } from "../domain/drafts.ts";

const entry = z.union([z.string().transform((value) => [value]), z.array(z.string())]);

/** The window's form: `type`, `frequency`, and for each condition `op.<name>` and, repeated, `where.<name>`. */
export const notificationForm = z.record(z.string(), entry).transform(readDraft);

function readDraft(form: Record<string, string[]>): Draft {
  const [id, version] = [Number(first(form, "edited")), Number(first(form, "version"))];
  return {
    edited: Number.isInteger(id) && id > 0 ? { id, version } : undefined,
    replaces: z.coerce.number().int().positive().safeParse(first(form, "replaces")).data,
    attempt: z.uuid().safeParse(first(form, "attempt")).data,
    type: first(form, "type"),
    frequency: first(form, "frequency"),
    asked: readAsked(form),
    shown: first(form, "shown"),
    find: first(form, "find"),
  };
}

function readAsked(form: Record<string, string[]>): Map<string, Asked> {
  const asked = new Map<string, Asked>();
  for (const field of Object.keys(form)) {
    const name = /^(?:op|where)\.(.+)$/s.exec(field)?.[1];
    if (!name) continue;
    const op = first(form, `op.${name}`) || "any";
    const values = Object.hasOwn(form, `where.${name}`) ? form[`where.${name}`]! : [];
    asked.set(name, { op, values: values.flatMap(linesOf) });
  }
  return asked;
}

/** What is typed in stands one to a line. */
function linesOf(value: string): string[] {
  return value.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
}

function first(form: Record<string, string[]>, name: string): string {
  return Object.hasOwn(form, name) ? form[name]![0] ?? "" : "";
}
