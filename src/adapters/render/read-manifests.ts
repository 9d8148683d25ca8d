import type { RawPath } from "../../model/ingress.ts";
import type { FieldLines } from "./field-lines.ts";
import { findManifests } from "./find-manifests.ts";
import type { Finding, PlacedComplaint } from "./problem-code.ts";
import { readDocument } from "./read-document.ts";
import { type Manifest, readManifest } from "./read-manifest.ts";
import type { DocumentText } from "./split-documents.ts";
import type { DuplicateKey } from "./yaml-to-json.ts";

/** What a document declares. The same text declares the same, wherever it stands. */
export type DocumentManifests =
  | {
      readonly kind: "read";
      readonly manifests: readonly PlacedManifest[];
      readonly findings: readonly Finding[];
      /** Reads the document again when first asked: most versions of a file are never asked. */
      readonly lines: () => FieldLines;
    }
  | { readonly kind: "unreadable" | "run-together"; readonly complaint: PlacedComplaint };

export interface PlacedManifest extends Manifest {
  /** Where the object stands in the document: empty, or inside lists. */
  readonly path: RawPath;
  /** The line of its first key; the first of the document's text is 0. */
  readonly line: number;
  /** The keys that stand twice in it. */
  readonly duplicates: readonly DuplicateKey[];
}

export type ReadManifests = (document: DocumentText, defaultNamespace: string | null) => DocumentManifests;

export const readManifests: ReadManifests = (document, defaultNamespace) => {
  const reading = readDocument(document);
  if (reading.kind === "irrelevant") return NOTHING;
  if (reading.kind !== "read") return reading;
  const { manifests, findings } = findManifests(reading.value);
  return {
    kind: "read",
    manifests: manifests.flatMap(({ path, object }): PlacedManifest[] => {
      const manifest = readManifest(object, defaultNamespace);
      if (manifest === null) return [];
      return [
        { ...manifest, path, line: reading.lines.lineAt(path), duplicates: reading.duplicatesIn(path) },
      ];
    }),
    findings,
    lines: linesOnDemand(document),
  };
};

const NOTHING: DocumentManifests = { kind: "read", manifests: [], findings: [], lines: () => NO_LINES };
const NO_LINES: FieldLines = { lineOf: () => 0, lineAt: () => 0 };

/** Keeps the text alone until then. */
function linesOnDemand(document: DocumentText): () => FieldLines {
  let lines: FieldLines | null = null;
  return () => {
    if (lines === null) {
      const reading = readDocument(document);
      lines = reading.kind === "read" ? reading.lines : NO_LINES;
    }
    return lines;
  };
}
