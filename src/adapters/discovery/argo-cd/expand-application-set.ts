import * as z from "zod";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { SourceTree } from "../../../ports/source-renderer.ts";
import { flag, optionalText, text, texts } from "../field-schemas.ts";
import { yamlValue } from "../yaml-values.ts";
import type { KnownCluster } from "./cluster-generator.ts";
import { fillTemplate, type TemplateLanguage } from "./fill-template.ts";
import { generateParameters, type Parameters } from "./generate-parameters.ts";

const object = z.record(text, z.json());

const applicationSet = z.object({
  metadata: z.object({ name: text, namespace: optionalText }),
  spec: z.object({
    goTemplate: flag,
    goTemplateOptions: texts,
    generators: z.array(object),
    template: object,
    templatePatch: optionalText,
  }),
});
type Specification = z.output<typeof applicationSet>["spec"];

export type ExpandedSet =
  /** Each an object of kind Application. */
  | {
      readonly kind: "applications";
      readonly applications: readonly JsonObject[];
      /** Files that generators read. */
      readonly files: readonly string[];
    }
  | { readonly kind: "unknown"; readonly reason: string };

/**
 * The Applications that an ApplicationSet makes, by its list, git, cluster, matrix and merge generators.
 *
 * @param clusters Clusters that Argo CD knows; null where that is not known.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/
 */
export async function expandApplicationSet(
  written: JsonObject,
  clusters: readonly KnownCluster[] | null,
  remotes: readonly string[],
  tree: SourceTree,
): Promise<ExpandedSet> {
  const checked = applicationSet.safeParse(written);
  if (!checked.success) return unknown("it is not a whole ApplicationSet");
  const { metadata, spec } = checked.data;
  const language: TemplateLanguage = {
    isGo: spec.goTemplate,
    isStrict: spec.goTemplateOptions.includes("missingkey=error"),
  };
  const files: string[] = [];
  const applications: JsonObject[] = [];
  for (const generator of spec.generators) {
    const sets = await generateParameters(generator, { clusters, remotes, tree, files, language });
    if (typeof sets === "string") return unknown(sets);
    const template = completed(ownTemplate(generator), spec.template);
    for (const parameters of sets) {
      const made = fillApplication(template, spec, parameters, language);
      if (typeof made === "string") return unknown(made);
      applications.push(asApplication(made, metadata.namespace));
    }
  }
  return { kind: "applications", files, applications };
}

/** @returns In words, why it cannot be told. */
function fillApplication(
  template: JsonObject,
  { templatePatch }: Specification,
  parameters: Parameters,
  language: TemplateLanguage,
): JsonObject | string {
  const filled = fillTemplate(template, parameters, language);
  if (filled.kind === "unknown") return filled.reason;
  if (templatePatch === null || templatePatch === "") return filled.value;
  if (!language.isGo) return "its templatePatch needs goTemplate";
  const patch = fillTemplate(templatePatch, parameters, language);
  if (patch.kind === "unknown") return patch.reason;
  const changes = yamlValue(patch.value);
  if (changes === null) return filled.value;
  return isJsonObject(changes) ? patched(filled.value, changes) : "its templatePatch is no map";
}

/** The template of a generator itself, which goes before the set's own. */
function ownTemplate(generator: JsonObject): JsonObject {
  const [spec] = Object.values(generator).filter(isJsonObject);
  return isJsonObject(spec?.template) ? spec.template : {};
}

/** What a template leaves out, or leaves empty, comes from another. */
function completed(template: JsonObject, rest: JsonObject): JsonObject {
  const entries = Object.entries(template).map(([key, value]) => {
    const below = Object.hasOwn(rest, key) ? rest[key] : undefined;
    if (isJsonObject(value)) return [key, completed(value, isJsonObject(below) ? below : {})] as const;
    return [key, isNothing(value) && below !== undefined ? below : value] as const;
  });
  return { ...rest, ...Object.fromEntries(entries) };
}

function isNothing(value: Json): boolean {
  if (value === null || value === "" || value === false || value === 0) return true;
  return Array.isArray(value) && value.length === 0;
}

/** As a strategic merge patch changes an Application, whose lists are replaced as a whole: null takes away. */
function patched(target: JsonObject, patch: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const below = Object.hasOwn(target, key) ? target[key] : undefined;
    if (value === null) delete result[key];
    else result[key] = isJsonObject(value) ? patched(isJsonObject(below) ? below : {}, value) : value;
  }
  return result;
}

function asApplication(template: JsonObject, namespace: string | null): JsonObject {
  const metadata = isJsonObject(template.metadata) ? template.metadata : {};
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    ...template,
    metadata: { ...(namespace === null ? {} : { namespace }), ...metadata },
  };
}

function unknown(reason: string): ExpandedSet {
  return { kind: "unknown", reason };
}
