import path from "node:path/posix";
import type { HelmSource, KustomizeSource, RenderedSource } from "../../model/source.ts";
import type { PathChange } from "../../ports/git-history.ts";

/**
 * Where a source that appears at a commit may have been before: the folders of the same kind that the commit took away.
 * One that had nothing to do with it never declared its Ingresses, and does no harm.
 *
 * @returns At most {@link MOST} sources, those whose files came over unchanged first.
 */
export function movedFrom(source: RenderedSource, changes: readonly PathChange[]): readonly RenderedSource[] {
  const added = new Set(changes.flatMap(({ blob, previousBlob }) => (previousBlob === null ? [blob] : [])));
  const gone = changes.filter(({ path, blob }) => blob === null && isMarker(source, path));
  const isSame = ({ previousBlob }: PathChange) => added.has(previousBlob);
  const likeliest = [...gone.filter(isSame), ...gone.filter((change) => !isSame(change))].slice(0, MOST);
  return likeliest.map((change) => {
    const folder = path.dirname(change.path);
    return source.kind === "kustomize" ? kustomizeAt(source, folder) : chartAt(source, folder);
  });
}

const MOST = 8;

function isMarker({ kind }: RenderedSource, file: string): boolean {
  const name = path.basename(file);
  return kind === "kustomize" ? /^(?:kustomization\.ya?ml|Kustomization)$/.test(name) : name === "Chart.yaml";
}

function kustomizeAt(source: KustomizeSource, root: string): KustomizeSource {
  return { ...source, id: idAt(source, root), root };
}

/** One that moved back and forth is one source in each of its folders, however it got there. */
function idAt({ id }: RenderedSource, folder: string): string {
  return `${id.replace(/ \(from .*\)$/s, "")} (from ${folder})`;
}

/** Files beside the chart moved with it. */
function chartAt(source: HelmSource, chart: string): HelmSource {
  const move = (file: string) =>
    file.startsWith(`${source.chart}/`) ? path.join(chart, file.slice(source.chart.length)) : file;
  return {
    ...source,
    id: idAt(source, chart),
    chart,
    valueFiles: source.valueFiles.map(move),
    setFiles: source.setFiles.map(({ name, file }) => ({ name, file: move(file) })),
  };
}
