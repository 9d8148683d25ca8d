import type { Token } from "../state/caller.ts";
import type { World } from "../state/world.ts";
import { failure, Refusal } from "./answer.ts";

/**
 * Whose request it is; null for nobody's.
 *
 * @throws {Refusal} 401 for a token that does not exist.
 */
export function authenticate(world: World, authorization: string | undefined): Token | null {
  if (authorization === undefined) return null;
  const value = /^(?:token|bearer)\s+(.+)$/i.exec(authorization)?.[1] ?? "";
  const token = world.tokens.get(value) ?? world.apps.byJwt(value, Date.now());
  if (token === undefined) throw new Refusal(failure(401, "Bad credentials"));
  return token;
}
