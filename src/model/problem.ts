import type { IngressId } from "./ingress.ts";

/**
 * An input that could not be read or understood. A problem is reported and never taken for absence: an
 * Ingress that a problem hides is neither "missing" nor "extra".
 */
export interface Problem {
  /** Repository-relative path, or the name of the input (`audit log a.jsonl`). */
  readonly path: string;
  /** 1-based; null where the whole file is meant. */
  readonly line: number | null;
  /** Stable and kebab-case: `yaml-syntax`, `duplicate-key`, `not-rendered`, `missing-namespace` … */
  readonly code: string;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** How to mend it, in one sentence. */
  readonly remedy: string;
  /** `error`: the object is not audited. `warning`: it is, and the reader should know all the same. */
  readonly level: "error" | "warning";
  /** The object that could not be read, where the file still tells which one it is. */
  readonly ingress?: IngressId;
}
