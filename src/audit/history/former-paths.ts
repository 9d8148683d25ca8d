import type { FileChange } from "../../model/commit-graph.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";

/**
 * Files outside the paths given that once declared an Ingress which only the cluster has: their history tells who
 * removed it. They are looked for only where there is such an Ingress, because it takes a pass over the history of all
 * the sources.
 *
 * @param further Commits that the history must hold, such as the applied revision.
 */
export async function formerPaths(
  { selector, wider, namespaceFor, isNarrowed }: AuditRequest,
  { git, renderer }: AuditPorts,
  commit: string,
  further: readonly string[],
  extras: readonly IngressId[],
): Promise<readonly string[]> {
  if (!isNarrowed || extras.length === 0) return [];
  const rest = {
    pathspecs: wider.pathspecs,
    matches: (path: string) => wider.matches(path) && !selector.matches(path),
  };
  const { changes } = await git.readGraph(commit, rest, further);
  const wanted = new Set(extras.map(ingressKey));
  const names = extras.map(({ name }) => name);
  const byBlob = Map.groupBy(changes, ({ blob }) => blob ?? "");
  byBlob.delete("");
  const found = new Set<string>();
  for await (const { blob, content } of git.readBlobs([...byBlob.keys()])) {
    // The name may be written with escapes; then the text holds a backslash.
    if (!content.includes("\\") && !names.some((name) => content.includes(name))) continue;
    for (const path of pathsOf(byBlob.get(blob) ?? [])) {
      if (found.has(path)) continue;
      const { ingresses } = renderer.render({ path, content, defaultNamespace: namespaceFor(path) });
      if (ingresses.some(({ id }) => wanted.has(ingressKey(id)))) found.add(path);
    }
  }
  return [...found].sort();
}

function pathsOf(changes: readonly FileChange[]): ReadonlySet<string> {
  return new Set(changes.map(({ path }) => path));
}
