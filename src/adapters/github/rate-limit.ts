interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
export function isRateLimit({ status, message, headers }: Refusal): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers["x-ratelimit-remaining"] === "0" ||
    headers["retry-after"] !== undefined ||
    /\brate limit/i.test(message)
  );
}

/** When a refused client may come back, as far as GitHub tells; completes a sentence. */
export function limitEnd(headers: Readonly<Record<string, string>>): string {
  const seconds = Number(headers["retry-after"]);
  const answeredAt = Date.parse(headers.date ?? "");
  if (seconds > 0 && !Number.isNaN(answeredAt)) return `it ends at ${utc(answeredAt + seconds * 1000)}`;
  const reset = Number(headers["x-ratelimit-reset"]);
  if (headers["x-ratelimit-remaining"] === "0" && reset > 0) return `it ends at ${utc(reset * 1000)}`;
  return "GitHub asks to wait for some minutes";
}

function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
