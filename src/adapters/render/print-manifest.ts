import {
  Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from "yaml";
import type { RawPath } from "../../model/ingress.ts";
import type { ManifestPrinter, PrintedLine } from "../../ports/manifest-printer.ts";

/** Prints an object as YAML, and tells for each line which field stands there. */
export const printManifest: ManifestPrinter = (object) => {
  const text = new Document(object, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 });
  const counter = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: counter, version: "1.2" });
  const paths: RawPath[] = [];
  if (parsed.contents !== null) markLines(parsed.contents, [], 0, counter, paths);
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line, index): PrintedLine => ({ text: line, path: paths[index] ?? [] }));
};

/** Children overwrite their parents' mark, so that each line keeps its innermost field. */
function markLines(
  node: Node,
  path: RawPath,
  startLine: number,
  counter: LineCounter,
  paths: RawPath[],
): void {
  const [start = 0, end = start] = node.range ?? [];
  const first = Math.min(startLine, lineOf(counter, start));
  for (let line = first; line <= lineOf(counter, Math.max(start, end - 1)); line++) paths[line] = path;
  if (!isCollection(node)) return;
  if (isMap(node)) for (const pair of node.items) markPair(pair, path, counter, paths);
  else {
    for (const [index, item] of node.items.entries()) {
      if (isNode(item))
        markLines(item, [...path, index], lineOf(counter, item.range?.[0] ?? 0), counter, paths);
    }
  }
}

function markPair(pair: Pair, path: RawPath, counter: LineCounter, paths: RawPath[]): void {
  if (!isPair(pair) || !isScalar(pair.key)) return;
  const line = lineOf(counter, pair.key.range?.[0] ?? 0);
  const own = [...path, String(pair.key.value)];
  paths[line] = own;
  if (isNode(pair.value)) markLines(pair.value, own, line, counter, paths);
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isCollection(value);
}

function lineOf(counter: LineCounter, offset: number): number {
  return counter.linePos(offset).line - 1;
}
