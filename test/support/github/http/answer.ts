/** What an operation answers; a list is cut into pages afterwards. */
export interface Answer {
  readonly status: number;
  /** JSON; undefined for an answer without a body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes instead of JSON, with their media type. */
  readonly bytes?: { readonly type: string; readonly content: Buffer };
  readonly list?: {
    readonly items: readonly unknown[];
    readonly wrap?: (page: readonly unknown[]) => unknown;
  };
}

const DOCUMENTATION = "https://docs.github.com/rest";

export function ok(body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 200, body, headers };
}

export function created(body: object): Answer {
  const location = "url" in body && typeof body.url === "string" ? { location: body.url } : {};
  return { status: 201, body, headers: location };
}

/** A list, or an object that holds one under some name, as check runs come. */
export function list(items: readonly unknown[], wrap?: (page: readonly unknown[]) => unknown): Answer {
  return { status: 200, list: wrap === undefined ? { items } : { items, wrap } };
}

export function failure(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, body: { message, documentation_url: DOCUMENTATION, status: String(status) }, headers };
}

export function notFound(): Answer {
  return failure(404, "Not Found");
}

export interface InvalidField {
  readonly resource: string;
  readonly field?: string;
  readonly code: "invalid" | "missing" | "missing_field" | "already_exists" | "custom";
  readonly message?: string;
  readonly value?: string;
}

export function invalid(...errors: readonly InvalidField[]): Answer {
  return {
    status: 422,
    body: { message: "Validation Failed", errors, documentation_url: DOCUMENTATION, status: "422" },
  };
}

/** Thrown by an operation that ends early. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`Refused with ${answer.status}`);
    this.answer = answer;
  }
}
