/**
 * The one error type of the project. Finding drift is a result; an AuditError means that the audit,
 * or a part of it, could not be done.
 */
export class AuditError extends Error {
  override readonly name = "AuditError";
  /** Stable and kebab-case, for programs. */
  readonly code: string;
  /** What went wrong, in one sentence without a final full stop. */
  readonly what: string;
  /** Where: file, line, ref, context, resource … */
  readonly where: Readonly<Record<string, string | number>>;
  /** What the reader can do about it, as an imperative sentence. */
  readonly mend: string;

  constructor(details: {
    readonly code: string;
    readonly what: string;
    readonly where?: Readonly<Record<string, string | number>>;
    readonly mend: string;
    readonly cause?: unknown;
  }) {
    super(`${details.what}. ${details.mend}`, { cause: details.cause });
    this.code = details.code;
    this.what = details.what;
    this.where = details.where ?? {};
    this.mend = details.mend;
  }
}
