import type { Severity } from "../../model/severity.ts";
import type { Verdict } from "../../model/verdict.ts";
import type { ReportedActor, ReportedCommit, ReportedDivergence } from "../audit-report.ts";

/** Why something no longer differs, as far as Git and the cluster's records show it. */
export type Cause =
  /** Git's change arrived in the cluster; `by` brought it there. */
  | { readonly kind: "reached"; readonly commits: readonly ReportedCommit[]; readonly by: Writer }
  /** The cluster went back to what Git had all the time. */
  | { readonly kind: "reverted"; readonly by: Writer }
  /** Git took what the cluster had. */
  | { readonly kind: "adopted"; readonly commits: readonly ReportedCommit[]; readonly doubt: string | null }
  /** Git took its own change back before it reached the cluster. */
  | { readonly kind: "withdrawn"; readonly commits: readonly ReportedCommit[]; readonly doubt: string | null }
  /** Git and the cluster both have no such Ingress any more. */
  | { readonly kind: "removed"; readonly commits: readonly ReportedCommit[]; readonly by: Writer }
  /** It still differs, and a rule now takes it out of the report. */
  | { readonly kind: "ignored"; readonly rule: string; readonly reason: string }
  /** It still differs, and is now known for a controller's work. */
  | { readonly kind: "expected"; readonly rule: string }
  | { readonly kind: "unknown"; readonly why: string };

/** Who wrote to the cluster, or why nobody is named. */
export type Writer =
  | { readonly kind: "known"; readonly actor: ReportedActor }
  | { readonly kind: "unknown"; readonly why: string };

/** What happened to one divergence between two runs. */
export type DivergenceHappening =
  | { readonly kind: "appeared"; readonly divergence: ReportedDivergence }
  | {
      readonly kind: "severity";
      readonly divergence: ReportedDivergence;
      readonly from: Severity;
    }
  | { readonly kind: "verdict"; readonly divergence: ReportedDivergence; readonly from: Verdict }
  /** Somebody else is behind it than before, or somebody is known now. */
  | { readonly kind: "actor"; readonly divergence: ReportedDivergence }
  /** Further commits are pending on the field. */
  | { readonly kind: "conflict"; readonly divergence: ReportedDivergence }
  /** The values moved on, and still differ. */
  | {
      readonly kind: "moved";
      readonly divergence: ReportedDivergence;
      readonly side: "git" | "live" | "both";
    }
  | { readonly kind: "resolved"; readonly field: string; readonly cause: Cause };

/** What happened to the issue itself. */
export type IssueHappening =
  | { readonly kind: "opened"; readonly detections: number }
  | { readonly kind: "returned" }
  | { readonly kind: "closed" }
  | { readonly kind: "accepted"; readonly by: string | null }
  | { readonly kind: "no-longer-accepted" }
  | { readonly kind: "still-differs" }
  | { readonly kind: "reopened-by-a-person" }
  | { readonly kind: "snoozed"; readonly until: string; readonly by: string | null }
  | { readonly kind: "unsnoozed" }
  | { readonly kind: "snooze-ended"; readonly until: string }
  | { readonly kind: "regrouped"; readonly per: "ingress" | "cluster" };

export type Happening =
  | (DivergenceHappening & { /** `namespace/name`. */ readonly ingress: string })
  | IssueHappening;
