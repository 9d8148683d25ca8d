import * as z from "zod";

/** Who did something, as GraphQL shows it: a bot comes without the `[bot]` that its login has everywhere else. */
export const actor = z.object({ __typename: z.string(), login: z.string() }).nullable();

export type Actor = z.output<typeof actor>;

/** As GitHub allows it: letters, digits, hyphens, and underscores for accounts that an enterprise manages. */
const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9_-]*)(?:\[bot\])?$/;

export function loginOf(actor: Actor): string | null {
  if (actor === null) return null;
  const isPlainBot = actor.__typename === "Bot" && !actor.login.endsWith("[bot]");
  return plausibleLogin(isPlainBot ? `${actor.login}[bot]` : actor.login);
}

/** null for anything that can be no login, and so names nobody. */
export function plausibleLogin(login: string | null | undefined): string | null {
  return login !== null && login !== undefined && LOGIN.test(login) ? login : null;
}
