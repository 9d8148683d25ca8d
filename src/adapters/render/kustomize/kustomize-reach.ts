import type { JsonObject } from "../../../model/json.ts";
import type { KustomizeSource } from "../../../model/source.ts";
import { type DocumentMeaning, meaningOf } from "./yaml-meaning.ts";

/** How a kustomization uses its files. */
export interface FileRoles {
  /** Kustomizations, and files of `resources`, that are nothing else: of a generator's file each byte counts. */
  readonly kustomizations: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
  /** Whether each kustomization on the way consists of {@link isIndependent} fields alone. */
  readonly isIndependent: boolean;
}

/**
 * What of the files can reach an Ingress: their comments and layout cannot; and of an object of another kind nothing but
 * its name and its other metadata can, by which kustomize keeps references to it, unless a kustomization or a patch
 * carries values from one place to another.
 *
 * @returns Two with the same build the same Ingresses, where both build.
 */
export function kustomizeReach(
  source: KustomizeSource,
  roles: FileRoles,
  contents: ReadonlyMap<string, Buffer>,
): string {
  const { kustomizations, resources, isIndependent } = roles;
  const others = [...contents].flatMap(([file, content]) => (resources.has(file) ? [] : [content]));
  const isApart =
    !carriesValues(JSON.stringify(source)) &&
    !Object.values(source.substitute ?? {}).some((value) => value.includes("\n")) &&
    others.every((content) => !carriesValues(content.toString("latin1")));
  return JSON.stringify(
    [...contents].map(([file, content]) => {
      const isYaml = isIndependent && (resources.has(file) || kustomizations.has(file));
      const documents = isYaml ? meaningOf(content) : null;
      if (documents === null) return [file, content.toString("base64")];
      const isReduced = isApart && resources.has(file);
      return [file, ...documents.map((each) => (isReduced ? reduced(each) : each.whole))];
    }),
  );
}

function reduced({ whole, identity, isIngress }: DocumentMeaning): string {
  return isIngress ? whole : (identity ?? whole);
}

/** Copies and moves of JSON patches, changes of kinds and names, and generators that take over what a resource says. */
function carriesValues(text: string): boolean {
  return /\b(?:copy|move|behavior|allowKindChange|allowNameChange)\b|\/kind\b|\/metadata\/name\b/.test(text);
}

/** Fields that treat each object by itself, but for names that others refer to. */
const INDEPENDENT = new Set([
  "apiVersion",
  "kind",
  "metadata",
  "resources",
  "bases",
  "components",
  "namespace",
  "namePrefix",
  "nameSuffix",
  "commonLabels",
  "commonAnnotations",
  "labels",
  "images",
  "replicas",
  "patches",
  "patchesStrategicMerge",
  "patchesJson6902",
  "configMapGenerator",
  "secretGenerator",
  "generatorOptions",
  "sortOptions",
  "buildMetadata",
]);

export function isIndependent(kustomization: JsonObject): boolean {
  return Object.keys(kustomization).every((field) => INDEPENDENT.has(field));
}
