import path from "node:path/posix";
import { parse } from "yaml";
import type { IngressObject } from "../../../model/ingress.ts";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";

const ORIGIN = "config.kubernetes.io/origin";
const MARKS = [ORIGIN, "alpha.config.kubernetes.io/transformations"];

/**
 * Take off an object what kustomize's buildMetadata put on it.
 *
 * @param repository Where the repository lies, from the folder of the kustomization that asked for it.
 * @returns The input file that declares the object, null where a generator made it.
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/buildmetadata/
 */
export function takeOrigin(
  object: IngressObject,
  repository: string,
): { readonly path: string | null; readonly object: IngressObject } {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  return {
    path: originPath(annotations[ORIGIN], repository),
    object: { ...object, metadata: withoutMarks(metadata, annotations) },
  };
}

function originPath(origin: unknown, repository: string): string | null {
  if (typeof origin !== "string") return null;
  const fields: unknown = parse(origin, { logLevel: "error" });
  if (!isJsonObject(fields) || typeof fields.path !== "string" || fields.repo !== undefined) return null;
  const inRepository = path.relative(repository, fields.path);
  return inRepository.startsWith("..") ? null : inRepository;
}

function withoutMarks(metadata: JsonObject, annotations: JsonObject): JsonObject {
  const kept = Object.fromEntries(Object.entries(annotations).filter(([name]) => !MARKS.includes(name)));
  const { annotations: _, ...rest } = metadata;
  return Object.keys(kept).length === 0 ? rest : { ...rest, annotations: kept };
}
