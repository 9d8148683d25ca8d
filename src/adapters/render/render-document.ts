import type { DesiredIngress, IngressId } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { RenderedFile, SourceFile } from "../../ports/renderer.ts";
import type { FieldLines } from "./field-lines.ts";
import { identityInText, mayDeclareIngress, textMentionsIngress } from "./ingress-text.ts";
import { jsonSyntax } from "./json-syntax.ts";
import { parseYaml, syntax } from "./parse-yaml.ts";
import type { Complaint, PlacedComplaint } from "./problem-code.ts";
import type { PlacedManifest, ReadManifests } from "./read-manifests.ts";
import { countLines, type DocumentText } from "./split-documents.ts";
import { notRendered, templateMark } from "./template-marks.ts";
import type { DuplicateKey } from "./yaml-to-json.ts";

/** Render one document of a file. */
export function renderDocument(document: DocumentText, file: SourceFile, read: ReadManifests): RenderedFile {
  if (!textMentionsIngress(document.text)) return NOTHING;
  if (document.hasStraySeparator) return unreadable(document, file, straySeparator());
  const reading = read(document, file.defaultNamespace);
  switch (reading.kind) {
    case "unreadable":
      return unreadable(document, file, reading.complaint);
    case "run-together":
      return { ingresses: [], problems: [problemInText(reading.complaint, document, file)] };
    case "read": {
      const place: Place = { file, line: document.line, lines: reading.lines };
      return {
        ingresses: reading.manifests.flatMap((manifest) => ingressOf(manifest, place) ?? []),
        problems: [
          ...reading.findings.map((finding) =>
            problem(finding, place.line + place.lines().lineAt(finding.path), file),
          ),
          ...reading.manifests.flatMap((manifest) => problemsOf(manifest, place)),
        ],
      };
    }
    default:
      return reading satisfies never;
  }
}

const NOTHING: RenderedFile = { ingresses: [], problems: [] };

/** Where a document stands. */
interface Place {
  readonly file: SourceFile;
  /** Of the document's first line in the file, 1-based. */
  readonly line: number;
  readonly lines: () => FieldLines;
}

function ingressOf(
  { id, object, path, line, sourcePath }: PlacedManifest,
  place: Place,
): DesiredIngress | null {
  if (object === null || id === null) return null;
  return {
    id,
    object,
    origin: { path: place.file.path, line: place.line + line, renderer: "plain" },
    placeAt: (field) => ({
      path: place.file.path,
      line: place.line + place.lines().lineAt([...path, ...sourcePath(field)]),
    }),
  };
}

function problemsOf(
  { id, findings, path, duplicates }: PlacedManifest,
  { file, line, lines }: Place,
): Problem[] {
  const lineOf = (offset: number) => line + lines().lineOf(offset);
  return [
    ...findings.map((finding) =>
      problem(finding, line + lines().lineAt([...path, ...finding.path]), file, id),
    ),
    ...duplicates.map((duplicate) =>
      problem(duplicateKey(duplicate, lineOf(duplicate.firstOffset)), lineOf(duplicate.offset), file, id),
    ),
  ];
}

/** A document that cannot be read matters only where it may declare an Ingress. */
function unreadable(document: DocumentText, file: SourceFile, complaint: PlacedComplaint): RenderedFile {
  if (!mayDeclareIngress(document.text)) return NOTHING;
  const mark =
    complaint.code === "too-large" ? null : templateMark(document.text, (text) => isYaml(text, document));
  const asMeant = jsonSyntax(document.text, file.path, complaint) ?? complaint;
  const reason = mark === null ? asMeant : { ...notRendered("The document"), offset: mark };
  const id = identityInText(document.text, file.defaultNamespace);
  return { ingresses: [], problems: [problemInText(reason, document, file, id)] };
}

function isYaml(text: string, document: DocumentText): boolean {
  return parseYaml({ ...document, text }).kind === "parsed";
}

function problemInText(
  complaint: PlacedComplaint,
  document: DocumentText,
  file: SourceFile,
  id: IngressId | null = null,
): Problem {
  const line = document.line + countLines(document.text, 0, complaint.offset);
  return problem(complaint, line, file, id);
}

function problem(complaint: Complaint, line: number, file: SourceFile, id: IngressId | null = null): Problem {
  const { code, level, message, remedy } = complaint;
  return { path: file.path, line, code, level, message, remedy, ...(id === null ? {} : { ingress: id }) };
}

function straySeparator(): PlacedComplaint {
  return { ...syntax("only a comment may follow `---` on its line"), offset: 0 };
}

function duplicateKey({ key }: DuplicateKey, firstLine: number): Complaint {
  return {
    code: "duplicate-key",
    level: "warning",
    message: `The key ${JSON.stringify(key)} stands here again after line ${firstLine}; kubectl takes the last one`,
    remedy: "Remove one of the two.",
  };
}
