import { stringify } from "yaml";
import type { IngressId } from "../../../src/model/ingress.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import type { IngressModel } from "./ingress-model.ts";
import { manifest } from "./manifest.ts";
import type { Random } from "./random.ts";

/** How a file says what it says: nothing of it changes any meaning. */
export interface FileStyle {
  readonly form: "yaml" | "json" | "list";
  readonly quotes: "QUOTE_DOUBLE" | "QUOTE_SINGLE" | "PLAIN";
  readonly indent: 2 | 4;
  readonly reversedKeys: boolean;
  readonly crlf: boolean;
  readonly comment: string | null;
  readonly version: "networking.k8s.io/v1" | "networking.k8s.io/v1beta1" | "extensions/v1beta1";
}

export const PLAIN_STYLE: FileStyle = {
  form: "yaml",
  quotes: "PLAIN",
  indent: 2,
  reversedKeys: false,
  crlf: false,
  comment: null,
  version: "networking.k8s.io/v1",
};

/** What a new file looks like. */
export function firstStyle(random: Random): FileStyle {
  const version = random.weighted({
    "networking.k8s.io/v1": 3,
    "networking.k8s.io/v1beta1": 1,
    "extensions/v1beta1": 1,
  });
  return {
    ...PLAIN_STYLE,
    version,
    form: random.weighted({ yaml: 6, list: 1, json: 0 }),
    quotes: random.weighted({ PLAIN: 3, QUOTE_DOUBLE: 1, QUOTE_SINGLE: 1 }),
    crlf: random.chance(0.15),
  };
}

/** The same file in another dress; the API version stays. */
export function restyled(random: Random, style: FileStyle, comment: string): FileStyle {
  switch (random.int(6)) {
    case 0:
      return {
        ...style,
        quotes: random.pick(
          (["QUOTE_DOUBLE", "QUOTE_SINGLE", "PLAIN"] as const).filter((each) => each !== style.quotes),
        ),
      };
    case 1:
      return { ...style, indent: style.indent === 2 ? 4 : 2 };
    case 2:
      return { ...style, reversedKeys: !style.reversedKeys };
    case 3:
      return { ...style, crlf: !style.crlf };
    case 4:
      return { ...style, form: style.form === "list" ? "yaml" : "list" };
    default:
      return { ...style, comment };
  }
}

/** The text of a file that declares some Ingresses. */
export function renderFile(
  style: FileStyle,
  objects: readonly { id: IngressId; model: IngressModel }[],
): string {
  const manifests = objects.map(({ id, model }) =>
    dressed(versioned(manifest(id, model), style.version), style),
  );
  const text = style.form === "json" ? jsonText(manifests, style) : yamlText(manifests, style);
  return style.crlf ? text.replaceAll("\n", "\r\n") : text;
}

function jsonText(manifests: readonly Json[], style: FileStyle): string {
  return `${JSON.stringify(manifests.length === 1 ? manifests[0] : listOf(manifests), null, style.indent)}\n`;
}

function yamlText(manifests: readonly Json[], style: FileStyle): string {
  const documents = style.form === "list" ? [listOf(manifests)] : manifests;
  const options = { indent: style.indent, defaultStringType: style.quotes, defaultKeyType: "PLAIN" } as const;
  const comment = style.comment === null ? "" : `# ${style.comment}\n`;
  return documents.map((each) => comment + stringify(each, options)).join("---\n");
}

function listOf(items: readonly Json[]): Json {
  return { apiVersion: "v1", kind: "List", items };
}

function dressed(value: Json, style: FileStyle): Json {
  if (Array.isArray(value)) return value.map((each: Json) => dressed(each, style));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, dressed(each, style)] as const);
  return Object.fromEntries(style.reversedKeys ? entries.reverse() : entries);
}

function versioned(object: JsonObject, version: FileStyle["version"]): JsonObject {
  return version === "networking.k8s.io/v1"
    ? object
    : { ...object, apiVersion: version, spec: olderSpec(object.spec ?? {}) };
}

/** @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/#ingress-v122 */
function olderSpec(spec: Json): Json {
  if (Array.isArray(spec)) return spec.map((each: Json) => olderSpec(each));
  if (!isJsonObject(spec)) return spec;
  return Object.fromEntries(
    Object.entries(spec)
      .filter(([key, value]) => !(key === "pathType" && value === "ImplementationSpecific"))
      .map(([key, value]) =>
        key === "backend" || key === "defaultBackend"
          ? ["backend", olderBackend(value)]
          : [key, olderSpec(value)],
      ),
  );
}

function olderBackend(backend: Json): Json {
  const service = isJsonObject(backend) ? backend.service : undefined;
  if (!isJsonObject(service) || !isJsonObject(service.port)) return backend;
  return { serviceName: service.name ?? "", servicePort: service.port.number ?? service.port.name ?? "" };
}
