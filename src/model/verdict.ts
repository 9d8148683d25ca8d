/** What a divergence is, in one word; the glossary in docs/glossary.md defines each. */
export const VERDICTS = ["pending", "unmerged", "out-of-band", "controller"] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * What a verdict rests on. `proven`: an audit event or a ledger entry shows the write itself. `indicated`:
 * managedFields, the applied revision or last-applied. `inferred`: Git history alone. `none`: nothing decides, and
 * the reason says what is lacking.
 */
export const EVIDENCE = ["proven", "indicated", "inferred", "none"] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** Through what a write reached the cluster. */
export const SOURCES = ["cli", "api", "gitops", "controller"] as const;
export type Source = (typeof SOURCES)[number];

/**
 * Who wrote to the cluster, as far as the evidence goes. `user` is null unless an audit event names it: a
 * fieldManager names a program and is never turned into a person.
 */
export interface Actor {
  readonly user: string | null;
  /** Who made the request, where `user` was impersonated. */
  readonly impersonatedBy: string | null;
  readonly groups: readonly string[];
  readonly source: Source | null;
  readonly userAgent: string | null;
  readonly sourceIP: string | null;
  readonly fieldManager: string | null;
  /** managedFields' operation (`Apply`, `Update`) or the audit event's verb (`patch`, `delete` …). */
  readonly operation: string | null;
  /** UTC, ISO 8601. */
  readonly at: string | null;
  readonly auditID: string | null;
}

/** The attribution of one divergence: a pure function's answer, commits by sha. */
export interface Attribution {
  readonly verdict: Verdict;
  readonly evidence: Evidence;
  /** One plain sentence. */
  readonly reason: string;
  /** The commits that the verdict names, newest first. */
  readonly commits: readonly string[];
  /** `unmerged`: the ref that holds the live value. */
  readonly ref: string | null;
  /** Pending commits on the same field beside an out-of-band write, newest first. */
  readonly conflict: readonly string[];
  /** The newest commit whose value equals the live one, for a rollback by hand. */
  readonly matchesCommit: string | null;
  readonly actor: Actor | null;
  /** `controller`: the name of the rule that recognised it. */
  readonly rule: string | null;
}
