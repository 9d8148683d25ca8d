import { type Answer, failure, ok } from "../http/answer.ts";
import type { Token } from "../state/caller.ts";
import type { World } from "../state/world.ts";
import { GraphqlSyntaxError } from "./document.ts";
import { Execution } from "./execute.ts";
import { parseQuery } from "./parse-query.ts";
import { GraphqlError } from "./type.ts";

/** Answer `POST /graphql`. What GitHub's schema, as far as it is known here, does not allow goes to `onMistake` too. */
export async function answerGraphql(
  world: World,
  token: Token | null,
  body: unknown,
  onMistake: (message: string) => void,
): Promise<Answer> {
  if (token === null) return failure(401, "This endpoint requires you to be authenticated.");
  const { query, variables } = (body ?? {}) as {
    query?: unknown;
    variables?: Record<string, unknown> | null;
  };
  if (typeof query !== "string")
    return failure(400, "A query attribute must be specified and must be a string.");
  try {
    return ok(await new Execution(parseQuery(query), variables ?? {}, { world, token }).run());
  } catch (error) {
    if (!(error instanceof GraphqlError || error instanceof GraphqlSyntaxError)) throw error;
    onMistake(`GraphQL: ${error.message}`);
    const type = error instanceof GraphqlError ? error.type : "parseError";
    return ok({ errors: [{ type, message: error.message }] });
  }
}
