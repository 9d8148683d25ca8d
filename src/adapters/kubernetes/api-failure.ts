/** How one GET failed. Nothing in it comes from the request's headers, and so no credential does. */
export type Failure =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly message: string;
      readonly retryAfterMs: number | null;
    }
  /** The connection broke, or was never made: an errno (`ECONNREFUSED`) or an OpenSSL code (`CERT_HAS_EXPIRED`). */
  | { readonly kind: "network"; readonly code: string }
  | { readonly kind: "timeout"; readonly timeoutMs: number }
  /** A 200 whose body is no JSON object: a login page, a proxy. */
  | { readonly kind: "answer"; readonly contentType: string }
  /** The kubeconfig's credential plugin or files. */
  | { readonly kind: "credentials"; readonly reason: string };

/** Inside this adapter only; what leaves it is an AuditError. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}
