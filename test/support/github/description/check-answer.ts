import { type Content, type Document, resolveReference, type Schema } from "./open-api.ts";
import type { Operation } from "./operation.ts";
import type { SchemaChecker } from "./schema-checker.ts";

const BASIC_ERROR: Schema = { $ref: "#/components/schemas/basic-error" };

/**
 * Say what in an answer is not as GitHub describes it. An error that the description leaves out (a 403 of a comment's
 * update, any 5xx) exists on the real one too: it must be a basic error.
 */
export function checkAnswer(
  document: Document,
  checker: SchemaChecker,
  operation: Operation,
  answer: { readonly status: number; readonly body: unknown },
): string[] {
  const described = operation.object.responses[String(answer.status)];
  if (described === undefined) {
    if (answer.status < 400) return [`${answer.status} is not described for ${operation.id}`];
    return checker.check(BASIC_ERROR, answer.body);
  }
  const content = resolveReference<{ readonly content?: Content }>(document, described).content ?? {};
  const json = content["application/json"] ?? content["application/problem+json"];
  if (json?.schema !== undefined) return checker.check(json.schema, answer.body);
  return answer.body === undefined || answer.status >= 400 ? [] : [`${answer.status} has no body`];
}
