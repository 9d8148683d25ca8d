import type { IngressId, IngressObject, RawPath } from "../../model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { readApiVersion } from "./api-version.ts";
import { convertV1beta1, pathBeforeConversion } from "./convert-v1beta1.ts";
import { decodeObject } from "./decode-object.ts";
import { INGRESS_V1, INGRESS_V1BETA1 } from "./ingress-shape.ts";
import { isDnsLabel, isDnsSubdomain } from "./name-rules.ts";
import type { Finding } from "./problem-code.ts";
import { explainByTemplate, findTemplates } from "./template-marks.ts";
import { validateIngress } from "./validate-ingress.ts";

export interface Manifest {
  /** null where the manifest does not say which object it is. */
  readonly id: IngressId | null;
  /** Converted to v1; null where a finding of level error forbids it. */
  readonly object: IngressObject | null;
  /** With paths of the object as it is written. */
  readonly findings: readonly Finding[];
  /** From a path of the converted object to one of the object as it is written. */
  readonly sourcePath: (path: RawPath) => RawPath;
}

/**
 * Read one object of kind Ingress as the API server would.
 *
 * @returns null where it is no manifest: another API's Ingress, a Kustomize patch, the mere name of a kind.
 */
export function readManifest(written: JsonObject, defaultNamespace: string | null): Manifest | null {
  if (isPatch(written)) return null;
  const version = readApiVersion(written.apiVersion);
  if (version.kind === "foreign") return null;
  const isV1beta1 = version.kind === "v1beta1";
  const decoded = decodeObject(written, isV1beta1 ? INGRESS_V1BETA1 : INGRESS_V1);
  const identity = readIdentity(decoded.object, defaultNamespace);
  const named = withNamespace(decoded.object, identity.id);
  const object = isV1beta1 ? convertV1beta1(named) : named;
  const sourcePath = isV1beta1 ? pathBeforeConversion : (path: RawPath) => path;
  const findings =
    version.kind === "wrong"
      ? [version.finding]
      : judge(decoded.findings, object, isV1beta1, sourcePath, decoded.object).concat(identity.findings);
  const isRefused = identity.id === null || findings.some(({ level }) => level === "error");
  return { id: identity.id, object: isRefused ? null : object, findings, sourcePath };
}

/** Values that do not decode are not looked at further, as the API server does not. */
function judge(
  decoding: readonly Finding[],
  object: IngressObject,
  isV1beta1: boolean,
  sourcePath: (path: RawPath) => RawPath,
  written: JsonObject,
): Finding[] {
  const templates = findTemplates(written);
  if (templates.length > 0) return templates.slice(0, 1);
  if (decoding.some(({ code }) => code === "wrong-type")) return [...decoding];
  const validation = validateIngress(object, { isV1beta1 })
    .map((finding) => explainByTemplate(finding, object))
    .map((finding) => ({ ...finding, path: sourcePath(finding.path) }));
  return [...decoding, ...validation];
}

/**
 * A patch says only what it changes: an object with no spec, one with a strategic merge's directives, and one that
 * has neither rules nor a default backend nor a namespace of its own.
 */
function isPatch(written: JsonObject): boolean {
  const { spec, metadata } = written;
  if (spec === undefined || spec === null || hasDirective(written)) return true;
  if (!isJsonObject(spec)) return false;
  const isComplete = ["rules", "defaultBackend", "backend"].some((field) => (spec[field] ?? null) !== null);
  return !isComplete && isJsonObject(metadata) && (metadata.namespace ?? "") === "";
}

function hasDirective(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasDirective);
  if (!isJsonObject(value)) return false;
  return Object.keys(value).some((key) => isDirective(key) || hasDirective(value[key] ?? null));
}

function isDirective(key: string): boolean {
  return key.startsWith("$") && /^\$(?:patch|retainKeys|setElementOrder|deleteFromPrimitiveList)\b/.test(key);
}

interface Identity {
  readonly id: IngressId | null;
  readonly findings: readonly Finding[];
}

function readIdentity(object: JsonObject, defaultNamespace: string | null): Identity {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const name = textOf(metadata.name);
  const namespace = textOf(metadata.namespace) ?? defaultNamespace;
  const findings = [
    ...(name === null ? [missingName(textOf(metadata.generateName))] : []),
    ...(namespace === null ? [missingNamespace()] : []),
  ];
  const isUsable = name !== null && namespace !== null && isDnsSubdomain(name) && isDnsLabel(namespace);
  return { id: isUsable ? { namespace, name } : null, findings };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function withNamespace(object: JsonObject, id: IngressId | null): JsonObject {
  if (id === null || !isJsonObject(object.metadata)) return object;
  return { ...object, metadata: { ...object.metadata, namespace: id.namespace } };
}

function missingName(generateName: string | null): Finding {
  if (generateName === null) {
    return {
      path: ["metadata"],
      code: "missing-name",
      level: "error",
      message: "The Ingress has no metadata.name",
      remedy: "Add metadata.name.",
    };
  }
  return {
    path: ["metadata", "generateName"],
    code: "generate-name",
    level: "error",
    message: "The Ingress has a generateName, so that each apply makes another object",
    remedy: "Give it a fixed metadata.name; what a generated name becomes is not in Git.",
  };
}

function missingNamespace(): Finding {
  return {
    path: ["metadata"],
    code: "missing-namespace",
    level: "error",
    message: "The Ingress names no namespace, and the configuration gives this path none",
    remedy: "Add metadata.namespace, or a namespace for this path under sources in .ingress-audit.yaml.",
  };
}
