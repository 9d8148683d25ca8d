import * as z from "zod";

/** How one request failed. Nothing in it comes from the request, and so no credential does. */
export type Failure =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly message: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** The connection broke, or was never made: an errno (`ECONNREFUSED`), an OpenSSL code, or undici's word. */
  | { readonly kind: "network"; readonly code: string }
  | { readonly kind: "timeout" }
  /** GraphQL answers 200 and says in the body what went wrong; `type` is GitHub's word (`FORBIDDEN`). */
  | { readonly kind: "graphql"; readonly type: string; readonly message: string }
  /** An answer that is not what GitHub describes. */
  | { readonly kind: "answer"; readonly problem: string };

/** Inside this adapter only; what leaves it is an AuditError. */
export class ForgeFailure extends Error {
  override readonly name = "ForgeFailure";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** What GitHub says of a request that it refuses; for a field that is wrong, of each one. */
const refusal = z
  .object({
    message: z.string(),
    errors: z.array(z.object({ message: z.string() })).catch([]),
  })
  .transform(({ message, errors }) => [message, errors.map((error) => error.message).join(", ")])
  .catch([])
  .transform((parts) => parts.filter((part) => part !== "").join(": "));

const octokitError = z.object({
  status: z.number().optional(),
  message: z.string(),
  response: z
    .object({
      headers: z.record(z.string(), z.coerce.string()),
      data: refusal,
    })
    .optional(),
  cause: z.unknown().optional(),
});

/** @returns null for what is no failure of a request: a mistake of this program. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof ForgeFailure) return error.failure;
  const read = octokitError.safeParse(error);
  if (!read.success) return null;
  const { status, response, message, cause } = read.data;
  if (response !== undefined) return fromResponse(status, response, message);
  if (status === undefined) return null;
  return isTimeout(cause) ? { kind: "timeout" } : { kind: "network", code: networkCode(cause) };
}

/** The throttling plugin throws GraphQL's rate limit without a status. */
function fromResponse(
  status: number | undefined,
  response: NonNullable<z.infer<typeof octokitError>["response"]>,
  message: string,
): Failure {
  if (status === undefined) return { kind: "graphql", type: "RATE_LIMITED", message };
  return { kind: "status", status, message: response.data, headers: response.headers };
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && cause.name === "TimeoutError";
}

function networkCode(cause: unknown): string {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if ("code" in error && typeof error.code === "string") return error.code;
  }
  return "the connection broke";
}
