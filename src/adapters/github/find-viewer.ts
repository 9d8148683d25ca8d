import * as z from "zod";
import { AuditError } from "../../model/audit-error.ts";
import type { Connection } from "./connection.ts";

/** Whose token it is, by login: `alice`, `github-actions[bot]`. */
export type FindViewer = (signal: AbortSignal) => Promise<string>;

const WHO = { doing: "find out whose token this is", needs: "metadata: read" };
const viewer = z.object({ viewer: z.object({ login: z.string() }) });
const user = z.object({ login: z.string() });

/**
 * Asked once. By GraphQL first, because a workflow's GITHUB_TOKEN may not ask `GET /user` who it is.
 *
 * @see https://docs.github.com/en/graphql/reference/queries#user
 */
export function findViewer(connection: Connection): FindViewer {
  let known: string | null = null;
  return async (signal) => {
    known ??= await askViewer(connection, signal);
    return known;
  };
}

async function askViewer(connection: Connection, signal: AbortSignal): Promise<string> {
  try {
    const { data } = await connection.query(WHO, viewer, signal, "query { viewer { login } }");
    return data.viewer.login;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return askUser(connection, signal).catch(() => {
      throw error;
    });
  }
}

async function askUser(connection: Connection, signal: AbortSignal): Promise<string> {
  const { login } = await connection.send(WHO, user, signal, ({ rest }, { request }) =>
    rest.users.getAuthenticated({ request }),
  );
  return login;
}

/** Where GraphQL is shut off, REST may still answer. */
export function isRefusal(error: unknown): boolean {
  const codes = ["forge-forbidden", "forge-not-found", "forge-refused", "forge-answer"];
  return error instanceof AuditError && codes.includes(error.code);
}
