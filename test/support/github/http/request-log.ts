/** One request as it came, for counting calls and looking at what was sent. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** GitHub's name of the operation, as `issues/create-comment`; `graphql`; null for an unknown one. */
  operation: string | null;
  /** Whose token it had; null for none, and for one that does not exist. */
  login: string | null;
  /** Null where the connection was dropped. */
  status: number | null;
}

/** The requests, and everything in them or in an answer that GitHub's description does not allow. */
export class RequestLog {
  readonly requests: RecordedRequest[] = [];
  #violations: string[] = [];

  violation(request: { readonly method: string; readonly path: string }, message: string): void {
    this.#violations.push(`${request.method} ${request.path}: ${message}`);
  }

  get violations(): readonly string[] {
    return this.#violations;
  }

  /** Look at the violations and let them be: for the test that expects them. */
  takeViolations(): readonly string[] {
    const taken = this.#violations;
    this.#violations = [];
    return taken;
  }
}
