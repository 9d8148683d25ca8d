import { readFile } from "node:fs/promises";
import * as z from "zod";
import { AuditError } from "../../../model/audit-error.ts";

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const repository = z.object({ full_name: z.string() });
const side = z.object({ ref: z.string(), sha, repo: repository.nullable() });

/** What of an event's payload is read; everything else is passed over. */
const githubEvent = z.object({
  /** `push`: what the branch held before; forty zeros where it is new. */
  before: sha.optional().catch(undefined),
  pull_request: z
    .object({
      number: z.int().min(1),
      state: z.enum(["open", "closed"]),
      merged: z.boolean().nullish(),
      head: side,
      base: side,
    })
    .optional(),
  /** `workflow_run`: the run that has ended. */
  workflow_run: z
    .object({
      id: z.int(),
      event: z.string(),
      head_sha: sha,
      head_branch: z.string().nullable(),
      head_repository: repository.nullable(),
    })
    .optional(),
});

/** @see https://docs.github.com/en/webhooks/webhook-events-and-payloads */
export type GithubEvent = z.output<typeof githubEvent>;

/**
 * @param file GITHUB_EVENT_PATH; without one there is no event.
 * @throws {AuditError} `github-event-unreadable`.
 */
export async function readGithubEvent(file: string | undefined): Promise<GithubEvent> {
  if (file === undefined || file === "") return {};
  try {
    return githubEvent.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    throw new AuditError({
      code: "github-event-unreadable",
      what: "The event that started this workflow cannot be read",
      where: { file },
      mend: "Run in a workflow of GitHub Actions, or unset GITHUB_EVENT_PATH and give the options instead.",
      cause: error,
    });
  }
}
