import { type Args, GraphqlError } from "./type.ts";

export interface ConnectionPage {
  readonly nodes: readonly unknown[];
  readonly totalCount: number;
  readonly pageInfo: Readonly<Record<string, unknown>>;
}

const MOST = 100;

/** @see https://docs.github.com/en/graphql/guides/using-pagination-in-the-graphql-api */
export function selectPage(name: string, all: readonly unknown[], args: Args): ConnectionPage {
  const { first, last } = args;
  const size = Number(first ?? last ?? 0);
  if (first === undefined && last === undefined) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    throw new GraphqlError("MISSING_PAGINATION_BOUNDARIES", message, true);
  }
  if (size > MOST) {
    const message = `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`;
    throw new GraphqlError("EXCESSIVE_PAGINATION", message, true);
  }
  const from = args.after === undefined || args.after === null ? 0 : place(args.after) + 1;
  const to = args.before === undefined || args.before === null ? all.length : place(args.before);
  const start = first === undefined ? Math.max(from, to - size) : from;
  const end = first === undefined ? to : Math.min(to, from + size);
  const nodes = all.slice(start, end);
  const pageInfo = {
    hasNextPage: end < all.length,
    hasPreviousPage: start > 0,
    startCursor: nodes.length === 0 ? null : cursor(start),
    endCursor: nodes.length === 0 ? null : cursor(end - 1),
  };
  return { nodes, totalCount: all.length, pageInfo };
}

function cursor(index: number): string {
  return Buffer.from(`cursor:${index}`).toString("base64");
}

function place(value: unknown): number {
  const index = Number(Buffer.from(String(value), "base64").toString().replace("cursor:", ""));
  if (!Number.isInteger(index))
    throw new GraphqlError("INVALID_CURSOR_ARGUMENTS", `\`${value}\` is no valid cursor.`);
  return index;
}
