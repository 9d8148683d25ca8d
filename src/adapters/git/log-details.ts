import type { Person } from "../../model/commit.ts";
import type { GitRepository } from "./git-repository.ts";
import { logFields } from "./log-fields.ts";
import { mailmapArguments } from "./mailmap.ts";
import { decodeText } from "./split-fields.ts";

export interface LoggedDetails {
  readonly sha: string;
  readonly isMerge: boolean;
  /** By the .mailmap. */
  readonly author: Person;
  readonly committerEmail: string;
  /** UTC, ISO 8601. */
  readonly authoredAt: string;
  readonly committedAt: string;
  readonly subject: string;
  readonly body: string;
  /** The values of the Co-authored-by trailers. */
  readonly coAuthors: readonly string[];
}

const FIELDS = [
  "%H",
  "%P",
  "%aN",
  "%aE",
  "%cE",
  "%at",
  "%ct",
  "%s",
  "%b",
  "%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x0A)",
] as const;

/**
 * Details of commits, through one `git log`; in no particular order.
 *
 * @throws {GitFailure} where one is missing.
 */
export async function readDetails(
  repository: GitRepository,
  mailmap: string | null,
  shas: readonly string[],
): Promise<LoggedDetails[]> {
  const logged = await logFields(repository, shas, FIELDS, mailmapArguments(mailmap));
  return logged.map((fields) => toDetails(fields.map(decodeText)));
}

function toDetails(fields: readonly string[]): LoggedDetails {
  const [sha = "", parents = "", name = "", email = "", committerEmail = "", authored = "", committed = ""] =
    fields;
  const [subject = "", body = "", coAuthors = ""] = fields.slice(7);
  return {
    sha,
    isMerge: parents.includes(" "),
    author: { name, email, login: null },
    committerEmail,
    authoredAt: isoTime(authored),
    committedAt: isoTime(committed),
    subject,
    body,
    coAuthors: coAuthors.split("\n").filter((value) => value !== ""),
  };
}

const YEAR_10000 = 253_402_300_800;

/** A date that is broken, or beyond four-digit years, is the epoch, as git shows it. */
function isoTime(seconds: string): string {
  const number = Number(seconds);
  const time = Number.isInteger(number) && number >= 0 && number < YEAR_10000 ? number : 0;
  return new Date(time * 1000).toISOString().replace(".000Z", "Z");
}
