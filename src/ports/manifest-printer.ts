import type { IngressObject, RawPath } from "../model/ingress.ts";

/** Prints an object as people write it. */
export type ManifestPrinter = (object: IngressObject) => readonly PrintedLine[];

export interface PrintedLine {
  readonly text: string;
  /** The place in the object of the innermost field that begins or goes on in this line. */
  readonly path: RawPath;
}
