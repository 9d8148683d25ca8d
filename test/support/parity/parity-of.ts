import { type FieldPath, formatFieldPath, isWithin, parseFieldPath } from "../../../src/model/field-path.ts";
import { isJsonObject, type Json, type JsonObject, sameJson } from "../../../src/model/json.ts";
import type { ReportedDivergence } from "../../../src/report/audit-report.ts";
import { EXCEPTIONS } from "./exceptions.ts";
import { type Leaf, leavesOf, ORDER } from "./field-leaves.ts";
import type { DiffedObject } from "./kubectl-diff.ts";

/** Where kubectl diff and the audit disagree about one object; both empty where they agree. */
export interface Disagreement {
  /** kubectl shows it, the audit does not, and no exception covers it. */
  readonly onlyKubectl: readonly string[];
  /** The audit reports it in a field that Git names, and kubectl does not. */
  readonly onlyAudit: readonly string[];
  /** Names of the exceptions that were needed. */
  readonly exceptions: readonly string[];
}

/**
 * @param diffed null where kubectl saw no difference.
 * @param manifest What Git declares.
 */
export function parityOf(
  diffed: DiffedObject | null,
  divergences: readonly ReportedDivergence[],
  manifest: JsonObject,
): Disagreement {
  const changed = changedLeaves(diffed);
  const reported = divergences.map((divergence) => ({
    ...divergence,
    path: parseFieldPath(divergence.field) ?? [],
  }));
  const uncovered = changed.filter(({ path }) => !reported.some((each) => covers(each, path)));
  const exceptionOf = ({ path }: ChangedLeaf) => EXCEPTIONS.find((each) => each.covers(path))?.name;
  return {
    onlyKubectl: uncovered
      .filter((leaf) => exceptionOf(leaf) === undefined)
      .map(({ path }) => formatted(path)),
    onlyAudit: reported
      .filter((each) => isNamedByGit(each, manifest))
      .filter((each) => !changed.some((leaf) => agrees(each, leaf)))
      .map(({ field }) => field),
    exceptions: [...new Set(uncovered.map(exceptionOf).filter((name) => name !== undefined))],
  };
}

interface ChangedLeaf {
  readonly path: FieldPath;
  readonly live: Json | undefined;
  readonly merged: Json | undefined;
}

type Reported = ReportedDivergence & { readonly path: FieldPath };

function changedLeaves(diffed: DiffedObject | null): readonly ChangedLeaf[] {
  const live = leaves(diffed?.live ?? null);
  const merged = leaves(diffed?.merged ?? null);
  const paths = new Map([...live, ...merged].map(([key, { path }]) => [key, path]));
  return [...paths]
    .map(([key, path]) => ({ path, live: live.get(key)?.value, merged: merged.get(key)?.value }))
    .filter(({ path, live, merged }) =>
      path.at(-1) === ORDER ? isReordered(live, merged) : !sameJson(live, merged),
    );
}

function leaves(object: JsonObject | null): ReadonlyMap<string, Leaf> {
  return object === null ? new Map() : leavesOf(object);
}

/** An order changes only among the entries that both sides have. */
function isReordered(live: Json | undefined, merged: Json | undefined): boolean {
  if (!Array.isArray(live) || !Array.isArray(merged)) return false;
  const common = (entries: readonly Json[], others: readonly Json[]) =>
    entries.filter((entry) => others.includes(entry));
  return !sameJson(common(live, merged), common(merged, live));
}

function covers({ change, path: field }: Reported, path: FieldPath): boolean {
  if (change !== "reordered") return isWithin(path, field);
  return path.at(-1) === ORDER && sameJson(path.slice(0, -1), field);
}

/** kubectl shows the same place, and for a single value the same two values. */
function agrees(reported: Reported, leaf: ChangedLeaf): boolean {
  if (!covers(reported, leaf.path)) return false;
  const isScalar = typeof reported.desired !== "object" && sameJson(reported.path, leaf.path);
  if (reported.change !== "changed" || !isScalar) return true;
  return sameJson(reported.desired, leaf.merged) && sameJson(reported.live, leaf.live);
}

/** What Git has, or what is in a list that Git has: an apply writes such a list as a whole. */
function isNamedByGit({ change, path }: Reported, { spec }: JsonObject): boolean {
  if (change !== "added") return true;
  const [root, list] = path;
  if (root !== "spec" || (list !== "rules" && list !== "tls")) return false;
  const named = isJsonObject(spec) ? spec[list] : undefined;
  return Array.isArray(named) && named.length > 0;
}

function formatted(path: FieldPath): string {
  return formatFieldPath(path);
}
