import type { ReportedCommit, ReportedPerson } from "../audit-report.ts";
import { shortSha } from "../describe-commit.ts";
import { elide } from "../elide.ts";
import { escapeMarkdown } from "../escape-markdown.ts";
import { isUncommitted } from "../links.ts";
import type { CommentContext } from "./comment-context.ts";

const MAX_NAME = 60;

/**
 * A commit's author, also in a table's cell: mentioned, with a picture, where that is wanted and the forge has proven the
 * login; else by name.
 */
export function personMarkdown(person: ReportedPerson, context: CommentContext): string {
  const login = mentionable(person, context);
  if (login !== null) return `${picture(login, context)} @${login}`;
  const name = elide(person.name === "" ? person.email : person.name, MAX_NAME);
  return name === "" ? "unknown" : escapeMarkdown(name);
}

/** `1a2b3c4 Bob Chen`, the commit linked. */
export function commitMarkdown(commit: ReportedCommit, context: CommentContext): string {
  if (isUncommitted(commit.sha)) return "not committed yet";
  const href = context.links.commit(commit.sha);
  const sha = `\`${shortSha(commit.sha)}\``;
  const authors = [commit.author, ...commit.coAuthors].map((each) => personMarkdown(each, context));
  return `${href === null ? sha : `[${sha}](${href})`} ${authors.join(", ")}`;
}

/** @see https://docs.github.com/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication */
function mentionable({ login }: ReportedPerson, { mentions }: CommentContext): string | null {
  return mentions && login !== null && /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})$/.test(login) ? login : null;
}

/** GitHub serves a user's picture under the profile's address. */
function picture(login: string, { serverUrl }: CommentContext): string {
  return `<img src="${serverUrl}/${login}.png?size=32" width="16" height="16" alt="">`;
}
