/**
 * A fetch whose answer is there whole, within a time limit for each attempt. A body that breaks off is an error like any
 * other of the network, which the client would else take for an empty answer.
 */
export function wholeFetch(timeoutMs: number): typeof fetch {
  return async (input, init) => {
    const limit = AbortSignal.timeout(timeoutMs);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    const response = await fetch(input, { ...init, signal }).catch((error: unknown) => fail(error, init));
    const body = await response.arrayBuffer().catch((error: unknown) => fail(error, init));
    const { status, statusText, headers, url } = response;
    const whole = new Response(hasNoBody(status) ? null : body, { status, statusText, headers });
    return Object.defineProperty(whole, "url", { value: url });
  };
}

/** @see https://fetch.spec.whatwg.org/#null-body-status */
function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** Octokit tries everything again but an AbortError, and a signal may abort with any reason. */
function fail(error: unknown, init: RequestInit | undefined): never {
  if (init?.signal?.aborted) throw new DOMException("The request was aborted", "AbortError");
  throw error;
}
