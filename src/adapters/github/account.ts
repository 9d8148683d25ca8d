import * as z from "zod";

/** A user as REST shows one; null for an account that is gone. */
export const account = z.object({ login: z.string() }).nullable().catch(null);

/** Logins are the same in any case. */
export function isSameLogin(left: string | null | undefined, right: string): boolean {
  return left?.toLowerCase() === right.toLowerCase();
}
