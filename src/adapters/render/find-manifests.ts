import type { RawPath } from "../../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { nearestName } from "../../model/nearest-name.ts";
import type { Finding } from "./problem-code.ts";

export interface FoundManifest {
  /** Where the object stands in the document: empty, or inside lists. */
  readonly path: RawPath;
  readonly object: JsonObject;
}

export interface FoundManifests {
  /** Objects of kind Ingress, of whatever apiVersion. */
  readonly manifests: readonly FoundManifest[];
  readonly findings: readonly Finding[];
}

/** The objects of kind Ingress in a document: itself, or the items of a List or an IngressList, nested ones included. */
export function findManifests(document: Json): FoundManifests {
  const manifests: FoundManifest[] = [];
  const findings: Finding[] = [];
  collect(document, [], manifests, findings);
  return { manifests, findings };
}

function collect(value: Json, path: RawPath, manifests: FoundManifest[], findings: Finding[]): void {
  if (Array.isArray(value) && path.length === 0) collectFromArray(value, findings);
  if (!isJsonObject(value)) return;
  if (value.kind === "Ingress") manifests.push({ path, object: value });
  else if (value.kind === "List" || value.kind === "IngressList")
    collectItems(value, path, manifests, findings);
  else if (isMisspelt(value.kind, value.apiVersion)) findings.push(wrongKind(value.kind, path));
}

/** Of an API that has Ingress: a kind that it does not have, and that was probably meant to be Ingress. */
function isMisspelt(kind: Json | undefined, apiVersion: Json | undefined): boolean {
  if (typeof kind !== "string" || kind === "Ingress" || kind === "IngressList") return false;
  if (typeof apiVersion !== "string" || !/^(?:networking\.k8s\.io\/v1|extensions\/v1beta1)/.test(apiVersion))
    return false;
  return nearestName(kind, ["Ingress", "IngressList"]) !== null;
}

function wrongKind(kind: Json | undefined, path: RawPath): Finding {
  return {
    path: [...path, "kind"],
    code: "wrong-kind",
    level: "error",
    message: `${JSON.stringify(kind)} is no kind of this API; Ingress was probably meant`,
    remedy: "Write kind: Ingress.",
  };
}

function collectItems(
  list: JsonObject,
  path: RawPath,
  manifests: FoundManifest[],
  findings: Finding[],
): void {
  const items = list.items ?? [];
  if (!Array.isArray(items)) {
    findings.push(wrongItems([...path, "items"]));
    return;
  }
  for (const [index, item] of items.entries()) {
    collect(
      list.kind === "IngressList" ? withKind(item, list) : item,
      [...path, "items", index],
      manifests,
      findings,
    );
  }
}

/** kubectl lends the items of a typed list its kind where they name none. */
function withKind(item: Json, list: JsonObject): Json {
  if (!isJsonObject(item) || (item.kind !== undefined && item.kind !== "") || item.apiVersion !== undefined)
    return item;
  return {
    ...(list.apiVersion === undefined ? {} : { apiVersion: list.apiVersion }),
    ...item,
    kind: "Ingress",
  };
}

/** A JSON Patch is such a list too; only whole objects make it a mistake. */
function collectFromArray(items: readonly Json[], findings: Finding[]): void {
  const index = items.findIndex(
    (item) => isJsonObject(item) && item.kind === "Ingress" && isJsonObject(item.spec),
  );
  if (index === -1) return;
  findings.push({
    path: [index],
    code: "wrong-type",
    level: "error",
    message: "The document is a plain list of objects, which kubectl does not read",
    remedy: "Separate the objects with `---`, or wrap them in `kind: List` with `items`.",
  });
}

function wrongItems(path: RawPath): Finding {
  return {
    path,
    code: "wrong-type",
    level: "error",
    message: "The items of a list of objects must be a list",
    remedy: "Write each object as an entry that begins with `-`.",
  };
}
