import { readFile, stat } from "node:fs/promises";
import { AuditError } from "../../../model/audit-error.ts";
import {
  type PullRequestReview,
  pullRequestReview,
} from "../../../report/pull-request/pull-request-review.ts";

/** Far more than any review that fits into a comment. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Read a review that another run has written. Nothing of it is believed but that it has the shape of one.
 *
 * @throws {AuditError} `review-unreadable`.
 */
export async function readReview(file: string): Promise<PullRequestReview> {
  try {
    if ((await stat(file)).size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`);
    return pullRequestReview.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    throw new AuditError({
      code: "review-unreadable",
      what: "The review cannot be read, or is none",
      where: { file },
      mend: "Give the file that the step's review-path named, of a run of the same version of this Action.",
      cause: error,
    });
  }
}
