import * as z from "zod";
import { ForgeFailure } from "./failure.ts";
import { readAnswer } from "./read-answer.ts";

/** What GitHub says beside the data; the path leads to the field that is null therefore. */
const graphqlError = z.object({
  type: z.string().default(""),
  message: z.string().default(""),
  path: z.array(z.union([z.string(), z.number()])).default([]),
});

const envelope = z.object({ data: z.unknown().optional(), errors: z.array(graphqlError).default([]) });

export type GraphqlError = z.output<typeof graphqlError>;

export interface GraphqlAnswer<Data> {
  readonly data: Data;
  /** What is said of optional fields that are null. */
  readonly withheld: readonly GraphqlError[];
}

/**
 * Read the body of an answer, which comes with 200 also where something went wrong.
 *
 * @param optional Fields that the token need not be able to read.
 * @throws {ForgeFailure} `graphql` where anything else could not be answered; `answer` for another shape.
 */
export function readGraphql<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  optional: readonly string[],
): GraphqlAnswer<z.output<Schema>> {
  const { data, errors } = readAnswer(envelope, body);
  const isOptional = ({ path }: GraphqlError) => path.some((name) => optional.includes(String(name)));
  const [error] = errors.filter((each) => !isOptional(each) && !isMissing(each));
  if (error !== undefined) throw new ForgeFailure({ kind: "graphql", ...error });
  return { data: readAnswer(schema, data), withheld: errors.filter(isOptional) };
}

/** Something asked for inside the repository that is not there; the repository itself must be. */
function isMissing({ type, path }: GraphqlError): boolean {
  return type === "NOT_FOUND" && path.length > 1;
}
