import path from "node:path/posix";
import { onceForEach } from "../../model/once-for-each.ts";
import type { HelmSource } from "../../model/source.ts";
import { mayHideWords } from "./may-name.ts";

/**
 * What of a chart's files can reach an Ingress. A template that neither names the word nor puts it together makes no
 * Ingress, and where none changes the values that all of them share, nothing that another template makes depends on it:
 * a Deployment's, a test's, the notes. Neither does a schema, or what helm installs without rendering it.
 *
 * @param contents Of which no template puts a kind together.
 * @param values What the pipeline gives, as text.
 * @returns null where all of it may.
 */
export function releaseReach(
  { chart }: HelmSource,
  contents: ReadonlyMap<string, Buffer>,
  values: string,
): string | null {
  const isSilent = (file: string, content: Buffer) => isTemplate(chart, file) && !definesNames(content);
  const files = [...contents];
  const isUnclear = files.some(
    ([file, content]) =>
      mayHideWords(content) ||
      content.includes("Files") ||
      changesShared(content) ||
      (namesIngress(content) && !isSilent(file, content)),
  );
  if (isUnclear || values.includes("Ingress")) return null;
  return JSON.stringify(
    files.map(([file, content]) => {
      const isIdle = isSilent(file, content) && !namesIngress(content);
      return isIdle || isUnrendered(chart, file) ? [file] : [file, content.toString("base64")];
    }),
  );
}

/** Also of a chart within the chart. */
function isTemplate(chart: string, file: string): boolean {
  return /^(?:charts\/[^/]+\/)*templates\//.test(path.relative(chart, file));
}

function isUnrendered(chart: string, file: string): boolean {
  return /^(?:crds\/|values\.schema\.json$)/.test(path.relative(chart, file));
}

/** A comment makes none: a line of YAML that begins with #, and one between actions' braces. */
const namesIngress = onceForEach((content: Buffer): boolean => {
  if (!content.includes("Ingress")) return false;
  const text = content.toString("latin1").replace(/\{\{-?\s*\/\*.*?\*\/\s*-?\}\}/gs, "");
  return /^(?!\s*#).*Ingress/m.test(text);
});

/** What it defines, other templates may take. */
const definesNames = onceForEach((content: Buffer): boolean =>
  /\b(?:define|block)\s+["`]/.test(content.toString("latin1")),
);

/** `set` and `merge` change their first argument, which may be the values of all templates. */
const changesShared = onceForEach((content: Buffer): boolean =>
  /\b(?:un)?set\s+[($.]|\b(?:mustM|m)erge\w*\s+(?!\(\s*(?:dict|deepCopy|fromYaml)\b)/.test(
    content.toString("latin1"),
  ),
);
