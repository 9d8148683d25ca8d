import { AuditError } from "../../model/audit-error.ts";
import { type Failure, failureOf } from "./failure.ts";
import type { Operation } from "./operation.ts";
import { permissionLines } from "./permission-lines.ts";
import { isRateLimit, limitEnd } from "./rate-limit.ts";

/** What a message may name of the connection. */
export interface Place {
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly timeoutMs: number;
  /** Where people look at the repository. */
  readonly page: string;
  /** Never to be seen in a message, whoever puts it there. */
  readonly secrets: readonly string[];
}

type Explanation = Pick<AuditError, "code" | "what" | "mend">;

const LONGEST_MESSAGE = 300;

/** Say what a failed request means. Anything that is no failure of a request is returned as it is. */
export function forgeError(error: unknown, operation: Operation, place: Place): unknown {
  if (error instanceof AuditError) return error;
  const failure = failureOf(error);
  if (failure === null) return error;
  const { code, what, mend } = explain(failure, operation, place);
  const { host } = new URL(place.apiUrl);
  // No cause: it would carry nothing more, and must never carry a request's headers.
  return new AuditError({
    code,
    what: conceal(what, place.secrets),
    where: { forge: host, repository: place.repository, ...statusOf(failure) },
    mend,
  });
}

function statusOf(failure: Failure): { readonly status?: number } {
  return failure.kind === "status" ? { status: failure.status } : {};
}

function explain(failure: Failure, operation: Operation, place: Place): Explanation {
  const cannot = `Cannot ${operation.doing}`;
  const { host } = new URL(place.apiUrl);
  switch (failure.kind) {
    case "status":
      return explainStatus(failure, cannot, operation, place);
    case "network":
      return unreachable(`${cannot}: ${host} cannot be reached (${failure.code})`);
    case "timeout":
      return unreachable(`${cannot}: ${host} did not answer within ${place.timeoutMs / 1000} s`);
    case "graphql":
      return explainGraphql(failure.type, `${cannot}${said(failure.message)}`, operation, place);
    case "answer":
      return {
        code: "forge-answer",
        what: `${cannot}: ${host} answered with something else than GitHub does; ${failure.problem}`,
        mend: "Check that the API's address is GitHub's, and that no proxy or login page stands before it.",
      };
    default:
      return failure satisfies never;
  }
}

function explainStatus(
  failure: Extract<Failure, { kind: "status" }>,
  cannot: string,
  operation: Operation,
  place: Place,
): Explanation {
  const { status, message, headers } = failure;
  const what = `${cannot} (HTTP ${status})${said(message)}`;
  if (isRateLimit(failure)) return rateLimited(`${what}; ${limitEnd(headers)}`);
  if (status === 401) return unauthorized(`${cannot}: GitHub does not accept the credentials (HTTP 401)`);
  if (status === 403) return forbidden(what, message, grants(headers, operation));
  if (status === 404) return notFound(what, operation, place);
  if (status >= 500) return unreachable(what);
  return { code: "forge-refused", what, mend: "Mend what GitHub names in its answer." };
}

function explainGraphql(type: string, what: string, operation: Operation, place: Place): Explanation {
  switch (type) {
    case "RATE_LIMITED":
      return rateLimited(what);
    case "FORBIDDEN":
      return forbidden(what, "Resource not accessible by", [operation.needs]);
    case "NOT_FOUND":
      return notFound(what, operation, place);
    default:
      return { code: "forge-answer", what, mend: "Try again; if it stays, report it with this message." };
  }
}

function rateLimited(what: string): Explanation {
  return {
    code: "forge-rate-limited",
    what,
    mend: "Run again after that time, or use a token of its own for this.",
  };
}

function unauthorized(what: string): Explanation {
  return {
    code: "forge-unauthorized",
    what,
    mend: "Give a token that is valid and not expired, or the App's own id and key.",
  };
}

/** An archived repository or a locked conversation is forbidden too, and no permission helps there. */
function forbidden(what: string, message: string, lines: readonly string[]): Explanation {
  const isPermission = /not accessible by|must have/i.test(message);
  return {
    code: "forge-forbidden",
    what,
    mend: isPermission
      ? `Give the token \`${lines.join("` or `")}\`; in a workflow that is a line of the job's \`permissions:\`.`
      : "Mend what GitHub names in its answer.",
  };
}

function notFound(what: string, { needs, mendAbsence }: Operation, { page }: Place): Explanation {
  return {
    code: "forge-not-found",
    what,
    mend:
      mendAbsence ??
      `Check that it exists at ${page}, and that the token may see it (\`${needs}\`): GitHub hides what it may not.`,
  };
}

function unreachable(what: string): Explanation {
  return {
    code: "forge-unreachable",
    what,
    mend: "Try again later; check the network, the API's address and GitHub's status page.",
  };
}

function grants(headers: Readonly<Record<string, string>>, { needs }: Operation): readonly string[] {
  const lines = permissionLines(headers["x-accepted-github-permissions"] ?? "");
  return lines.length === 0 ? [needs] : lines;
}

function said(message: string): string {
  const text = message.replace(/\p{Cc}+/gu, " ").trim();
  if (text === "") return "";
  return `: ${[...text]
    .slice(0, LONGEST_MESSAGE)
    .join("")
    .replace(/[.\s]+$/, "")}`;
}

/** Our own secrets, and whatever has the form of GitHub's tokens, such as the one that an App was given. */
function conceal(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== "")
    .reduce((concealed, secret) => concealed.replaceAll(secret, "***"), text)
    .replace(/\b(?:gh[a-z]|github_pat)_\w+/g, "***");
}
