import { compareText } from "../../compare/compare-order.ts";
import { type DesiredIngress, ingressKey } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { GitHistory, ListedFile, PathSelector, Snapshot } from "../../ports/git-history.ts";
import type { Renderer } from "../../ports/renderer.ts";
import type { RenderedSources } from "../rendered/render-sources.ts";
import { declaredTwice } from "./declared-twice.ts";

/** What Git declares at one commit, or the work tree does. */
export interface DesiredState {
  readonly files: readonly ListedFile[];
  /** Sorted by namespace, then name; each declared once. */
  readonly ingresses: readonly DesiredIngress[];
  /** Those that are declared more than once, and that are therefore left out: by namespace, then name. */
  readonly ambiguous: readonly DesiredIngress[];
  readonly problems: readonly Problem[];
  /** Paths whose files are not read, although the audit would take some of them. */
  readonly submodules: readonly string[];
}

export type NamespaceFor = (path: string) => string | null;

export async function readDesired(
  git: GitHistory,
  renderer: Renderer,
  at: Snapshot,
  selector: PathSelector,
  namespaceFor: NamespaceFor,
  rendered: RenderedSources | null = null,
): Promise<DesiredState> {
  const listing = await git.listFiles(at, selector);
  const problems: Problem[] = listing.unreadable.map(({ path, reason }) => ({
    path,
    line: null,
    code: "unreadable-file",
    message: reason,
    remedy: "Mend the file or the link, or exclude it in the configuration.",
    level: "error",
  }));
  const files = withoutDuplicateLinks(listing.files).filter(
    ({ path }) => rendered?.inputs.has(path) !== true,
  );
  const byBlob = Map.groupBy(files, (file) => file.blob);
  const declared: DesiredIngress[] = rendered?.sources.flatMap(({ ingresses }) => ingresses) ?? [];
  problems.push(...(rendered?.problems ?? []));
  for await (const { blob, content } of git.readBlobs([...byBlob.keys()])) {
    for (const { path } of byBlob.get(blob) ?? []) {
      const rendered = renderer.render({ path, content, defaultNamespace: namespaceFor(path) });
      declared.push(...rendered.ingresses);
      problems.push(...rendered.problems);
    }
  }
  const unique = withoutAmbiguous(declared);
  return {
    files: listing.files,
    ingresses: unique.ingresses,
    ambiguous: unique.ambiguous,
    problems: [...problems, ...unique.problems].sort(byPlace),
    submodules: listing.submodules,
  };
}

/** A link beside the file that it leads to declares nothing of its own. */
function withoutDuplicateLinks(files: readonly ListedFile[]): ListedFile[] {
  const paths = new Set(files.filter((file) => file.linkTarget === null).map((file) => file.path));
  return files.filter((file) => {
    if (file.linkTarget === null) return true;
    if (paths.has(file.linkTarget)) return false;
    paths.add(file.linkTarget);
    return true;
  });
}

function withoutAmbiguous(declared: readonly DesiredIngress[]): {
  ingresses: DesiredIngress[];
  ambiguous: DesiredIngress[];
  problems: Problem[];
} {
  const ingresses: DesiredIngress[] = [];
  const ambiguous: DesiredIngress[] = [];
  const problems: Problem[] = [];
  const sorted = [...declared].sort((left, right) => compareText(ingressKey(left.id), ingressKey(right.id)));
  for (const same of Map.groupBy(sorted, (each) => ingressKey(each.id)).values()) {
    const [first, ...others] = same.sort((left, right) => compareText(place(left), place(right)));
    if (first === undefined) continue;
    if (others.length === 0) {
      ingresses.push(first);
      continue;
    }
    ambiguous.push(...same);
    problems.push(declaredTwice(first, others.map(place), TWICE));
  }
  return { ingresses, ambiguous, problems };
}

const TWICE =
  "Separate the places by sources in .ingress-audit.yaml (paths, namespace, cluster), or remove all but one.";

function place({ origin }: DesiredIngress): string {
  return `${origin.path}:${origin.line}`;
}

function byPlace(left: Problem, right: Problem): number {
  return compareText(left.path, right.path) || (left.line ?? 0) - (right.line ?? 0);
}
