import type { RenderedFile, Renderer, SourceFile } from "../../ports/renderer.ts";
import { mentionsIngress } from "./ingress-text.ts";
import type { Complaint } from "./problem-code.ts";
import { type ReadManifests, readManifests } from "./read-manifests.ts";
import { readText } from "./read-text.ts";
import { rememberManifests } from "./remember-manifests.ts";
import { renderDocument } from "./render-document.ts";
import { splitDocuments } from "./split-documents.ts";

const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Reads plain manifests: YAML and JSON, as kubectl reads them. Never throws, whatever the bytes; a file that may hold
 * an Ingress and cannot be read gives a problem.
 */
export const plainRenderer: Renderer = rendererThat(readManifests);

/** The same, for one audit: it remembers what it has read, as of a file's next version most documents are as they were. */
export function rememberingRenderer(): Renderer {
  return rendererThat(rememberManifests(readManifests));
}

function rendererThat(read: ReadManifests): Renderer {
  return {
    render(file: SourceFile): RenderedFile {
      if (!mentionsIngress(file.content)) return NOTHING;
      if (file.content.length > MAX_BYTES) return failed(file, tooLarge(file.content.length));
      const decoded = readText(file.content);
      if (decoded.kind === "not-utf-8") return failed(file, notUtf8(decoded.encoding));
      const documents = splitDocuments(decoded.text).map((document) => renderDocument(document, file, read));
      return {
        ingresses: documents.flatMap(({ ingresses }) => ingresses),
        problems: documents.flatMap(({ problems }) => problems),
      };
    },
  };
}

const NOTHING: RenderedFile = { ingresses: [], problems: [] };

function failed(file: SourceFile, complaint: Complaint): RenderedFile {
  return { ingresses: [], problems: [{ path: file.path, line: null, ...complaint }] };
}

function tooLarge(bytes: number): Complaint {
  return {
    code: "too-large",
    level: "error",
    message: `The file has ${bytes} bytes, and at most ${MAX_BYTES} are read`,
    remedy: "Split the file, or exclude it from the sources.",
  };
}

function notUtf8(encoding: string): Complaint {
  return {
    code: "not-utf-8",
    level: "error",
    message: `The file is not UTF-8 (it is ${encoding}), and kubectl does not read it`,
    remedy: "Save the file as UTF-8.",
  };
}
