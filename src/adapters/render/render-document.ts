import type { DesiredIngress, IngressId } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { RenderedFile, SourceFile } from "../../ports/renderer.ts";
import { type FieldLines, fieldLines, lazyFieldLines } from "./field-lines.ts";
import { type FoundManifest, findManifests } from "./find-manifests.ts";
import { identityInText, mayDeclareIngress, textMentionsIngress } from "./ingress-text.ts";
import { parseYaml, syntax, type YamlRoot } from "./parse-yaml.ts";
import type { Complaint, PlacedComplaint } from "./problem-code.ts";
import { readManifest } from "./read-manifest.ts";
import { mayHoldManifests, runTogether } from "./root-kinds.ts";
import type { DocumentText } from "./split-documents.ts";
import { notRendered, templateMark } from "./template-marks.ts";
import { type DuplicateKey, yamlToJson } from "./yaml-to-json.ts";

/** Render one document of a file. */
export function renderDocument(document: DocumentText, file: SourceFile): RenderedFile {
  if (!textMentionsIngress(document.text)) return NOTHING;
  if (document.hasStraySeparator) return unreadable(document, file, straySeparator());
  try {
    const parsed = parseYaml(document);
    if (parsed.kind === "broken") return unreadable(document, file, parsed.complaint);
    if (parsed.root === null || !mayHoldManifests(parsed.root)) return NOTHING;
    return renderRoot(parsed.root, document, file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unreadable(document, file, { ...syntax("it nests too deeply to be read"), offset: 0 });
  }
}

const NOTHING: RenderedFile = { ingresses: [], problems: [] };

function renderRoot(root: YamlRoot, document: DocumentText, file: SourceFile): RenderedFile {
  const json = yamlToJson(root);
  if (json.kind === "unreadable") return unreadable(document, file, json.complaint);
  const lines = fieldLines(root, document);
  const second = runTogether(root);
  if (second !== null) return { ingresses: [], problems: [place(second, lines.lineOf(second.offset), file)] };
  const { manifests, findings } = findManifests(json.value);
  const laterLines = lazyFieldLines(document);
  const rendered = manifests.map((found) => renderManifest(found, json.duplicates, lines, laterLines, file));
  return {
    ingresses: rendered.flatMap(({ ingresses }) => ingresses),
    problems: [
      ...findings.map((finding) => place(finding, lines.lineAt(finding.path), file)),
      ...rendered.flatMap(({ problems }) => problems),
    ],
  };
}

function renderManifest(
  found: FoundManifest,
  duplicates: readonly DuplicateKey[],
  lines: FieldLines,
  laterLines: () => FieldLines,
  file: SourceFile,
): RenderedFile {
  const manifest = readManifest(found.object, file.defaultNamespace);
  if (manifest === null) return NOTHING;
  const { id, object, sourcePath } = manifest;
  const problems = [
    ...manifest.findings.map((finding) =>
      place(finding, lines.lineAt([...found.path, ...finding.path]), file, id),
    ),
    ...lines
      .within(found.path, duplicates)
      .map((duplicate) => place(duplicateKey(duplicate, lines), lines.lineOf(duplicate.offset), file, id)),
  ];
  if (object === null || id === null) return { ingresses: [], problems };
  const ingress: DesiredIngress = {
    id,
    object,
    origin: { path: file.path, line: lines.lineAt(found.path), renderer: "plain" },
    placeAt: (path) => ({
      path: file.path,
      line: laterLines().lineAt([...found.path, ...sourcePath(path)]),
    }),
  };
  return { ingresses: [ingress], problems };
}

/** A document that cannot be read matters only where it may declare an Ingress. */
function unreadable(document: DocumentText, file: SourceFile, complaint: PlacedComplaint): RenderedFile {
  if (!mayDeclareIngress(document.text)) return NOTHING;
  const mark =
    complaint.code === "too-large" ? null : templateMark(document.text, (text) => isYaml(text, document));
  const { offset, ...reason } = mark === null ? complaint : { ...notRendered("The document"), offset: mark };
  const line = document.line + document.text.slice(0, offset).split("\n").length - 1;
  const id = identityInText(document.text, file.defaultNamespace);
  return { ingresses: [], problems: [place(reason, line, file, id)] };
}

function isYaml(text: string, document: DocumentText): boolean {
  return parseYaml({ ...document, text }).kind === "parsed";
}

function place(complaint: Complaint, line: number, file: SourceFile, id: IngressId | null = null): Problem {
  const { code, level, message, remedy } = complaint;
  return { path: file.path, line, code, level, message, remedy, ...(id === null ? {} : { ingress: id }) };
}

function straySeparator(): PlacedComplaint {
  return { ...syntax("only a comment may follow `---` on its line"), offset: 0 };
}

function duplicateKey({ key, firstOffset }: DuplicateKey, lines: FieldLines): Complaint {
  return {
    code: "duplicate-key",
    level: "warning",
    message: `The key ${JSON.stringify(key)} stands here again after line ${lines.lineOf(firstOffset)}; kubectl takes the last one`,
    remedy: "Remove one of the two.",
  };
}
