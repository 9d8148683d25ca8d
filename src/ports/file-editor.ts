import type { IngressId, RawPath } from "../model/ingress.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { ValueEdit } from "../model/value-edit.ts";
import type { SourceFile } from "./renderer.ts";

/**
 * Changes single values in the text of YAML and JSON files. Every byte that a change does not need stays: comments,
 * quotes, the order of keys, line ends. Pure, and what is returned has been read again: it says exactly what it should.
 */
export interface FileEditor {
  /**
   * The value of each document, undefined for one that cannot be read.
   *
   * @returns null where the file is no YAML.
   */
  read(content: Buffer): readonly (Json | undefined)[] | null;
  /** Where the file declares an Ingress; null where it does not. */
  find(file: SourceFile, id: IngressId): DeclaredPlace | null;
  /** The line on which a field stands, 1-based; the nearest above it where it is not written. */
  lineOf(content: Buffer, place: DocumentPlace): number;
  /** @throws {AuditError} `not-editable` where the text leaves no way to change this value alone. */
  edit(content: Buffer, change: DocumentChange): Buffer;
  /** @returns null where nothing of the file is left. @throws {AuditError} `not-editable`. */
  remove(content: Buffer, place: DocumentPlace): Buffer | null;
  /** The file with one more document; an object as people write it. */
  append(content: Buffer | null, object: JsonObject): Buffer;
}

export interface DocumentPlace {
  /** Which document of the file, from 0. */
  readonly document: number;
  /** Where the object stands in it: empty, or inside lists. */
  readonly path: RawPath;
}

export interface DeclaredPlace extends DocumentPlace {
  /** As it is written, not converted. */
  readonly object: JsonObject;
  /** The line of its first key, 1-based. */
  readonly line: number;
}

/** @property edit With a path from the document's root. */
export interface DocumentChange {
  readonly document: number;
  readonly edit: ValueEdit;
}
