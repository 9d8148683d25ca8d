import type { RawPath } from "../../model/ingress.ts";

/** Every code that the plain renderer gives a problem; docs/problems.md explains each. */
export const PROBLEM_CODES = [
  "duplicate-key",
  "excessive-aliases",
  "generate-name",
  "invalid-value",
  "json-syntax",
  "missing-backend",
  "missing-name",
  "missing-namespace",
  "missing-path-type",
  "not-rendered",
  "not-utf-8",
  "tab-indentation",
  "too-large",
  "unknown-field",
  "wrong-api-version",
  "wrong-kind",
  "wrong-type",
  "yaml-syntax",
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** What is wrong, before it is known in which file and on which line. */
export interface Complaint {
  readonly code: ProblemCode;
  readonly level: "error" | "warning";
  readonly message: string;
  readonly remedy: string;
}

/** A complaint about a field of one object. */
export interface Finding extends Complaint {
  readonly path: RawPath;
}

/** A complaint about a place in a document's text. */
export interface PlacedComplaint extends Complaint {
  /** Index into the document's text. */
  readonly offset: number;
}
