import type { YAMLMap, YAMLSeq } from "yaml";
import type { Layout } from "./print-value.ts";

/** What an edit is made in. */
export interface EditContext {
  readonly text: string;
  readonly layout: Layout;
}

/** A collection that is edited. */
export type Items = YAMLMap | YAMLSeq;
