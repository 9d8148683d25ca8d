import type { RawPath } from "../../model/ingress.ts";
import type { Json } from "../../model/json.ts";
import { type FieldLines, fieldLines } from "./field-lines.ts";
import { locateExtent, locateField } from "./locate-field.ts";
import { locateInEvents } from "./locate-in-events.ts";
import { parseYaml, syntax, type YamlRoot } from "./parse-yaml.ts";
import type { PlacedComplaint } from "./problem-code.ts";
import { readOrdinaryYaml } from "./read-ordinary-yaml.ts";
import { kindMayHoldManifests, mayHoldManifests, runTogether } from "./root-kinds.ts";
import type { DocumentText } from "./split-documents.ts";
import { aliasTargets, type DuplicateKey, yamlToJson } from "./yaml-to-json.ts";

/** What a document says, before anything in it is taken for an Ingress. */
export type DocumentReading =
  | {
      readonly kind: "read";
      readonly value: Json;
      readonly lines: FieldLines;
      /** The keys that stand twice within a field. */
      readonly duplicatesIn: (path: RawPath) => readonly DuplicateKey[];
    }
  /** Its kind tells that it neither is an Ingress nor lists any. */
  | { readonly kind: "irrelevant" }
  | { readonly kind: "unreadable"; readonly complaint: PlacedComplaint }
  /** Two objects in one document. */
  | { readonly kind: "run-together"; readonly complaint: PlacedComplaint };

export function readDocument(document: DocumentText): DocumentReading {
  return readOrdinary(document.text) ?? readUnusual(document);
}

/** @returns null where the document needs the full reader. */
function readOrdinary(text: string): DocumentReading | null {
  const read = readOrdinaryYaml(text);
  if (read === null) return null;
  if (!kindMayHoldManifests(read.value.kind)) return { kind: "irrelevant" };
  const lines = fieldLines(text, locateInEvents(read.events, text));
  return { kind: "read", value: read.value, lines, duplicatesIn: () => [] };
}

function readUnusual(document: DocumentText): DocumentReading {
  try {
    const parsed = parseYaml(document);
    if (parsed.kind === "broken") return { kind: "unreadable", complaint: parsed.complaint };
    if (parsed.root === null || !mayHoldManifests(parsed.root)) return { kind: "irrelevant" };
    return readRoot(parsed.root, document);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: "unreadable", complaint: { ...syntax("it nests too deeply to be read"), offset: 0 } };
  }
}

function readRoot(root: YamlRoot, { text }: DocumentText): DocumentReading {
  const json = yamlToJson(root);
  if (json.kind === "unreadable") return json;
  const second = runTogether(root);
  if (second !== null) return { kind: "run-together", complaint: second };
  const targets = text.includes("*") ? aliasTargets(root) : new Map();
  return {
    kind: "read",
    value: json.value,
    lines: fieldLines(text, locateField(root, targets)),
    duplicatesIn: duplicatesWithin(root, json.duplicates),
  };
}

/** The duplicates whose place lies within a field's extent, found by bisection. */
function duplicatesWithin(
  root: YamlRoot,
  duplicates: readonly DuplicateKey[],
): (path: RawPath) => readonly DuplicateKey[] {
  if (duplicates.length === 0) return () => [];
  const sorted = duplicates.toSorted((left, right) => left.offset - right.offset);
  const extentAt = locateExtent(root);
  return (path) => {
    const [start, end] = extentAt(path) ?? [0, 0];
    return sorted.slice(firstFrom(sorted, start), firstFrom(sorted, end));
  };
}

function firstFrom(sorted: readonly DuplicateKey[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.offset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
