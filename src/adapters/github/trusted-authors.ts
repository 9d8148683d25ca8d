import * as z from "zod";
import { AuditError } from "../../model/audit-error.ts";
import type { Comment } from "./comments.ts";
import type { Connection } from "./connection.ts";
import { plausibleLogin } from "./graphql-actor.ts";
import { unlessGone } from "./unless-gone.ts";

/** Anyone may comment on a public repository: so many people are asked for in a run, no more. */
const MOST_QUESTIONS = 30;
const READING = { doing: "find out who may manage issues", needs: "metadata: read" };
const ROLES = ["triage", "write", "maintain", "admin"];
/** How GitHub says that someone belongs to the repository, where it does not tell the role. */
const ASSOCIATIONS = ["OWNER", "MEMBER", "COLLABORATOR"];

const role = z.object({ permission: z.string(), role_name: z.string().optional() });

/**
 * Tells whether a comment's author may manage the repository's issues, asking once for each. A comment's association
 * alone does not tell: for a workflow's token, people who are members in private are none, and a collaborator may be one
 * who only reads.
 *
 * @see https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export function trustedAuthors(connection: Connection) {
  const known = new Map<string, boolean>();
  let questions = MOST_QUESTIONS;
  return async (comment: Comment, signal: AbortSignal): Promise<boolean> => {
    const login = plausibleLogin(comment.user?.login);
    if (login === null || login.endsWith("[bot]")) return false;
    const isKnown = known.get(login);
    if (isKnown !== undefined) return isKnown;
    questions -= 1;
    const isTrusted = questions < 0 ? null : await mayManage(connection, login, signal);
    if (isTrusted === null) questions = 0;
    known.set(login, isTrusted ?? ASSOCIATIONS.includes(comment.author_association));
    return known.get(login) === true;
  };
}

/** @returns null where the token may not ask. */
async function mayManage(
  connection: Connection,
  login: string,
  signal: AbortSignal,
): Promise<boolean | null> {
  try {
    const answer = await unlessGone(
      connection.send(READING, role, signal, ({ rest }, common) =>
        rest.repos.getCollaboratorPermissionLevel({ ...common, username: login }),
      ),
    );
    return answer !== null && (ROLES.includes(answer.permission) || ROLES.includes(answer.role_name ?? ""));
  } catch (error) {
    if (error instanceof AuditError && error.code === "forge-forbidden") return null;
    throw error;
  }
}
