import type { RawPath } from "../../model/ingress.ts";
import { extentOf, locateField } from "./locate-field.ts";
import { parseYaml, type YamlRoot } from "./parse-yaml.ts";
import type { DocumentText } from "./split-documents.ts";
import { aliasTargets } from "./yaml-to-json.ts";

/** Lines of the file, 1-based. */
export interface FieldLines {
  /** For an index into the document's text. */
  readonly lineOf: (offset: number) => number;
  /** For a field of the document, as it is written there. */
  readonly lineAt: (path: RawPath) => number;
  /** Those that stand within a field. */
  readonly within: <T extends { readonly offset: number }>(path: RawPath, placed: readonly T[]) => T[];
}

export function fieldLines(root: YamlRoot | null, document: DocumentText): FieldLines {
  const starts = lineStarts(document.text);
  const targets = root !== null && document.text.includes("*") ? aliasTargets(root) : new Map();
  const lineOf = (offset: number) => document.line + indexOfLine(starts, offset);
  return {
    lineOf,
    lineAt: (path) => lineOf(root === null ? 0 : locateField(root, path, targets)),
    within: (path, placed) => {
      const extent = root === null || placed.length === 0 ? null : extentOf(root, path);
      return extent === null ? [] : placed.filter(({ offset }) => offset >= extent[0] && offset < extent[1]);
    },
  };
}

/** Keeps the text alone, and parses it again when first asked: most versions of a file are never asked. */
export function lazyFieldLines(document: DocumentText): () => FieldLines {
  let lines: FieldLines | null = null;
  return () => {
    lines ??= fieldLines(parseYaml(document).root, document);
    return lines;
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** By bisection: the last start that is not behind the offset. */
function indexOfLine(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
