import type { DocumentManifests, ReadManifests } from "./read-manifests.ts";

/**
 * Reads each distinct text once. Only what is declared is kept, and with it the text; nothing of how it was parsed.
 */
export function rememberManifests(read: ReadManifests): ReadManifests {
  const known = new Map<string, Map<string, DocumentManifests>>();
  return (document, defaultNamespace) => {
    const circumstances = JSON.stringify([document.isJson, defaultNamespace]);
    const byText = known.get(circumstances) ?? new Map<string, DocumentManifests>();
    known.set(circumstances, byText);
    const remembered = byText.get(document.text) ?? read(document, defaultNamespace);
    byText.set(document.text, remembered);
    return remembered;
  };
}
