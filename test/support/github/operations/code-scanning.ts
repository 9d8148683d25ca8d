import { gunzipSync } from "node:zlib";
import { failure, notFound, ok } from "../http/answer.ts";
import { apiOf } from "../views/repository-view.ts";
import type { Operations, RepositoryCall } from "./operation.ts";

const LARGEST_PACKED = 10 * 1024 * 1024;
const MOST_RUNS = 20;
const MOST_RESULTS = 25_000;

/** @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/troubleshoot-sarif-uploads */
export const CODE_SCANNING: Operations = {
  "code-scanning/upload-sarif": { needs: [["security_events", "write"]], run: uploadSarif },
  "code-scanning/get-sarif": { needs: [["security_events", "read"]], run: getSarif },
};

function uploadSarif(call: RepositoryCall) {
  const {
    commit_sha: commit,
    ref,
    sarif: packed,
  } = call.body as { commit_sha: string; ref: string; sarif: string };
  const bytes = Buffer.from(packed, "base64");
  if (bytes.length > LARGEST_PACKED) return { status: 413 };
  const sarif = unpack(bytes);
  const problem =
    sarif === null ? "Invalid SARIF. JSON syntax error: unexpected end of file" : tooMuch(sarif);
  if (problem !== null) return failure(400, problem);
  const upload = { id: call.world.nextUuid(), commit, ref, sarif };
  call.repository.sarifs.set(upload.id, upload);
  const url = `${apiOf(call.world, call.repository)}/code-scanning/sarifs/${upload.id}`;
  return { status: 202, body: { id: upload.id, url } };
}

function getSarif(call: RepositoryCall) {
  const upload = call.repository.sarifs.get(String(call.path.sarif_id));
  if (upload === undefined) return notFound();
  const analyses = `${apiOf(call.world, call.repository)}/code-scanning/analyses?sarif_id=${upload.id}`;
  return ok({ processing_status: "complete", analyses_url: analyses, errors: null });
}

interface Sarif {
  readonly version: "2.1.0";
  readonly runs: readonly { readonly results?: readonly unknown[] }[];
}

/** Gzip in base64 is the one form that GitHub takes. */
function unpack(bytes: Buffer): Sarif | null {
  try {
    const sarif: unknown = JSON.parse(gunzipSync(bytes).toString("utf8"));
    return isSarif(sarif) ? sarif : null;
  } catch {
    return null;
  }
}

function isSarif(value: unknown): value is Sarif {
  if (typeof value !== "object" || value === null) return false;
  return "version" in value && value.version === "2.1.0" && "runs" in value && Array.isArray(value.runs);
}

function tooMuch(sarif: Sarif): string | null {
  if (sarif.runs.length > MOST_RUNS) return `The SARIF file contains more than ${MOST_RUNS} runs`;
  const most = Math.max(0, ...sarif.runs.map((run) => run.results?.length ?? 0));
  return most > MOST_RESULTS ? `A run has more than ${MOST_RESULTS} results` : null;
}
