import { AuditError } from "../../model/audit-error.ts";

/** A git process that ended with an error, before anyone has said what that means for the audit. */
export class GitFailure extends Error {
  override readonly name = "GitFailure";
  /** The object that is missing, where that is the failure. */
  readonly object: string | null;

  /** @param stderr What git wrote there; credentials in URLs are taken out. */
  constructor(command: string, stderr: string, object: string | null = null) {
    super(`git ${command} failed: ${withoutCredentials(stderr).trim()}`);
    this.object = object;
  }
}

/** A URL may carry a token before its host. */
export function withoutCredentials(text: string): string {
  return text.replace(/:\/\/[^@/\s]*@/g, "://");
}

/** What a failed command says, fit to be shown. */
export function reasonOf(error: unknown): string {
  return withoutCredentials(error instanceof Error ? error.message : String(error)).trim();
}

const INCOMPLETE =
  /bad object|missing|unable to read|could not (fetch|read|parse)|failed to traverse|corrupt|transport '/i;

/** What the failure of a read means: everything that was asked for should be in the object store. */
export function translateFailure(failure: GitFailure, dir: string, isPartialClone: boolean): AuditError {
  if (failure.object === null && !INCOMPLETE.test(failure.message)) {
    return new AuditError({
      code: "git-failed",
      what: failure.message.slice(0, 2000),
      where: { repository: dir },
      mend: "Run the same git command there to see more.",
      cause: failure,
    });
  }
  const object = failure.object === null ? {} : { object: failure.object };
  return new AuditError({
    code: "object-missing",
    what: `The repository lacks an object that the audit needs${failure.object === null ? "" : `: ${failure.object}`}`,
    where: { repository: dir, ...object },
    mend: isPartialClone
      ? "It is a partial clone: run git fetch --refetch --filter=blob:none for all of its folders (git 2.36 or newer), or clone it whole."
      : "Run git fsck to see what is broken, and clone it anew.",
    cause: failure,
  });
}
