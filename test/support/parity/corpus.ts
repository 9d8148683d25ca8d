import type { CorpusEntry } from "./corpus-entry.ts";
import { FORM_ENTRIES } from "./corpus-forms.ts";
import { METADATA_ENTRIES } from "./corpus-metadata.ts";
import { SPEC_ENTRIES } from "./corpus-specs.ts";

/** Manifests in every form that people commit and the API server takes. */
/** What can tell a cluster with a default IngressClass from one without. */
export const CLASS_CORPUS: readonly CorpusEntry[] = [
  ...SPEC_ENTRIES,
  ...FORM_ENTRIES.filter(({ name }) => ["v1beta1", "extensions", "exported"].includes(name)),
];

export const CORPUS: readonly CorpusEntry[] = [...SPEC_ENTRIES, ...METADATA_ENTRIES, ...FORM_ENTRIES];
