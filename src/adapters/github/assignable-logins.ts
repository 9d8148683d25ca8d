import * as z from "zod";
import type { Connection } from "./connection.ts";
import { plausibleLogin } from "./graphql-actor.ts";
import { unlessGone } from "./unless-gone.ts";

/** More logins than this are looked for in the whole list, page by page. */
const MOST_SINGLE_CHECKS = 10;
const MOST_PAGES = 20;
const READING = { doing: "find out who can be assigned", needs: "issues: read" };

const users = z.array(z.object({ login: z.string() }));

/** Tells who of some can be assigned; asks once for each login, and at most 20 times at once. */
export function assignableLogins(connection: Connection) {
  const known = new Map<string, boolean>();
  return async (logins: readonly string[], signal: AbortSignal): Promise<readonly string[]> => {
    const plausible = logins.filter((login) => plausibleLogin(login) !== null);
    const unknown = [...new Set(plausible.map(lower))].filter((login) => !known.has(login));
    const check = unknown.length > MOST_SINGLE_CHECKS ? checkList : checkEach;
    const found = await check(connection, unknown, signal);
    for (const login of unknown) known.set(login, found.has(login));
    return logins.filter((login) => known.get(lower(login)) === true);
  };
}

async function checkEach(connection: Connection, logins: readonly string[], signal: AbortSignal) {
  const found = new Set<string>();
  for (const login of logins) {
    const answer = await unlessGone(
      connection.send(READING, z.unknown(), signal, ({ rest }, common) =>
        rest.issues.checkUserCanBeAssigned({ ...common, assignee: login }).then(() => ({ data: true })),
      ),
    );
    if (answer === true) found.add(login);
  }
  return found;
}

/** Who stands beyond the last page that is read counts as not assignable. */
async function checkList(connection: Connection, logins: readonly string[], signal: AbortSignal) {
  const left = new Set(logins);
  const found = new Set<string>();
  for (let page = 1; page <= MOST_PAGES && left.size > 0; page += 1) {
    const some = await connection.send(READING, users, signal, ({ rest }, common) =>
      rest.issues.listAssignees({ ...common, per_page: 100, page }),
    );
    for (const { login } of some) if (left.delete(lower(login))) found.add(lower(login));
    if (some.length < 100) break;
  }
  return found;
}

function lower(login: string): string {
  return login.toLowerCase();
}
