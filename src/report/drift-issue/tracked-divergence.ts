import * as z from "zod";
import { CHANGES } from "../../model/divergence.ts";
import { SEVERITIES } from "../../model/severity.ts";
import { EVIDENCE, VERDICTS } from "../../model/verdict.ts";

const time = z.string().regex(/^[\d+-][\d-]+T[\d:.]+Z$/);
const hash = z.string().regex(/^(?:[0-9a-f]{12}|absent)$/);
const shas = z.array(z.string().regex(/^[0-9a-f]{40,64}$/)).readonly();

/** One divergence as an issue remembers it between runs: enough to see what has happened to it since. */
export const trackedDivergence = z.object({
  /** Fingerprint of namespace, name and field, as in the report. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** `namespace/name`. */
  ingress: z.string(),
  field: z.string(),
  change: z.enum(CHANGES),
  desired: hash,
  live: hash,
  verdict: z.enum(VERDICTS),
  evidence: z.enum(EVIDENCE),
  severity: z.enum(SEVERITIES),
  /** Those that the verdict names, newest first; the newest few. */
  commits: shas.default([]),
  conflict: shas.default([]),
  actor: z
    .object({
      user: z.string().nullable().default(null),
      impersonatedBy: z.string().nullable().default(null),
      fieldManager: z.string().nullable().default(null),
      at: z.string().nullable().default(null),
      auditID: z.string().nullable().default(null),
    })
    .readonly()
    .nullable()
    .default(null),
  /** When it was first seen. UTC, ISO 8601. */
  since: time,
});

export type TrackedDivergence = Readonly<z.infer<typeof trackedDivergence>>;
