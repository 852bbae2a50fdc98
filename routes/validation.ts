import type * as z from "zod";
import { Invalid, NotFound } from "../domain/errors.ts";

type Result =
  & { target: string }
  & ({ success: true } | { success: false; error: z.core.$ZodError });

/** The one hook of all forms, queries and parameters: throws what is wrong, for the error page to say. */
export function refuse(result: Result): void {
  if (result.success) return;
  if (result.target === "param") throw new NotFound("Cannot find that: the address is incomplete");
  throw new Invalid(
    result.error.issues.map(({ path, message }) => ({ field: path.join("."), message })),
  );
}
