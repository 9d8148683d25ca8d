import { LineCounter, parseAllDocuments } from "yaml";
import type { Place } from "../../model/ingress.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { onceForEach } from "../../model/once-for-each.ts";
import type { SourceTree } from "../../ports/source-renderer.ts";
import { documentValue } from "./yaml-values.ts";

/** An object of the GitOps tools. */
export interface GitOpsObject {
  readonly object: JsonObject;
  /** null where it was read from the cluster. */
  readonly place: Place | null;
}

/** The API groups whose objects say what is applied where. */
const GROUPS = [
  "argoproj.io/",
  "kustomize.toolkit.fluxcd.io/",
  "helm.toolkit.fluxcd.io/",
  "source.toolkit.fluxcd.io/",
] as const;

/**
 * The objects of Argo CD and Flux that files declare. A file that is a template, or is no YAML, declares none: the audit
 * of manifests says so where it matters.
 */
export async function declaredObjects(tree: SourceTree): Promise<readonly GitOpsObject[]> {
  return objectsOf(
    tree.filesBelow(".").filter((file) => /\.(?:ya?ml|json)$/i.test(file)),
    tree,
  );
}

export async function objectsOf(
  files: readonly string[],
  tree: SourceTree,
): Promise<readonly GitOpsObject[]> {
  const found = await Promise.all(files.map(async (file) => objectsIn(file, await tree.read(file))));
  return found.flat();
}

export function isGitOpsObject({ apiVersion, kind }: JsonObject): boolean {
  return (
    typeof kind === "string" &&
    typeof apiVersion === "string" &&
    GROUPS.some((group) => apiVersion.startsWith(group))
  );
}

function objectsIn(path: string, content: Buffer | null): GitOpsObject[] {
  const found = content === null ? [] : declaredIn(content);
  return found.map(({ object, line }) => ({ object, place: { path, line } }));
}

const declaredIn = onceForEach(
  (content: Buffer): { readonly object: JsonObject; readonly line: number }[] => {
    // Most files of a repository declare none, and parsing is what takes time.
    if (!GROUPS.some((group) => content.includes(group))) return [];
    const counter = new LineCounter();
    const documents = parseAllDocuments(content.toString("utf8"), {
      lineCounter: counter,
      prettyErrors: false,
      logLevel: "error",
    });
    return [...documents].flatMap((document) => {
      const line = counter.linePos(document.contents?.range?.[0] ?? 0).line;
      return itemsOf(documentValue(document)).map((object) => ({ object, line }));
    });
  },
);

function itemsOf(value: unknown): JsonObject[] {
  if (!isJsonObject(value)) return [];
  if (Array.isArray(value.items)) return value.items.filter(isJsonObject).filter(isGitOpsObject);
  return isGitOpsObject(value) ? [value] : [];
}
