import path from "node:path/posix";
import { type Document, parseAllDocuments } from "yaml";
import type { JsonObject } from "../../../model/json.ts";
import { onceForEach } from "../../../model/once-for-each.ts";
import type { Problem } from "../../../model/problem.ts";
import type { KustomizeSource } from "../../../model/source.ts";
import type { SourceInputs, SourceTree } from "../../../ports/source-renderer.ts";
import { objectOf } from "../tool/object-of.ts";
import { isRemote } from "./is-remote.ts";
import {
  type ChartReference,
  kustomizationReferences,
  pluginReferences,
} from "./kustomization-references.ts";
import { type FileRoles, isIndependent, kustomizeReach } from "./kustomize-reach.ts";

export const KUSTOMIZATION_FILES = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

/**
 * The files that kustomize reads to build a folder: its kustomization, all that it names, and so on for each base and
 * component.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
 */
export async function kustomizeInputs(source: KustomizeSource, tree: SourceTree): Promise<SourceInputs> {
  const walk = new Walk(tree);
  const generated = source.isGenerated ? generatedResources(source.root, tree) : null;
  if (generated === null) await walk.folder(source.root, source.root);
  else {
    walk.watched.add(source.root);
    await walk.references({ resources: generated }, source.root, source.root);
  }
  await walk.references(source.overrides, source.root, source.root);
  return {
    files: [...walk.files].sort(),
    watched: [...walk.watched].sort(),
    problems: walk.problems,
    ...(walk.isPartial ? { isPartial: true } : {}),
    reach: (contents) => kustomizeReach(source, walk.roles(), contents),
  };
}

/**
 * What stands in the place of a kustomization that a folder does not have: every manifest below it, and each folder
 * that has a kustomization of its own as one.
 *
 * @returns null where the folder has one. Relative to the folder, sorted.
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml
 */
export function generatedResources(root: string, tree: SourceTree): readonly string[] | null {
  const files = tree.filesBelow(root).map((file) => path.relative(root, file));
  const own = new Set(files.filter(isKustomization).map((file) => path.dirname(file)));
  if (own.has(".")) return null;
  const ownerOf = (file: string) => ancestors(file).find((folder) => own.has(folder));
  const resources = files
    .filter((file) => /\.ya?ml$/i.test(file) || isKustomization(file))
    .map((file) => ownerOf(file) ?? file);
  return [...new Set(resources)].sort();
}

function isKustomization(file: string): boolean {
  return KUSTOMIZATION_FILES.some((name) => path.basename(file) === name);
}

/** From the outermost. */
function ancestors(file: string): readonly string[] {
  const parts = path.dirname(file).split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

class Walk {
  readonly files = new Set<string>();
  readonly watched = new Set<string>();
  readonly problems: Problem[] = [];
  isPartial = false;
  readonly #kustomizations = new Set<string>();
  readonly #resources = new Set<string>();
  /** Files that are something else, whatever else they are. */
  readonly #otherwise = new Set<string>();
  #isIndependent = true;
  readonly #tree: SourceTree;
  readonly #visited = new Set<string>();

  constructor(tree: SourceTree) {
    this.#tree = tree;
  }

  roles(): FileRoles {
    return {
      kustomizations: this.#kustomizations.difference(this.#otherwise),
      resources: this.#resources.difference(this.#otherwise),
      isIndependent: this.#isIndependent,
    };
  }

  async folder(folder: string, namedBy: string): Promise<void> {
    if (this.#visited.has(folder)) return;
    this.#visited.add(folder);
    const candidates = KUSTOMIZATION_FILES.map((name) => path.join(folder, name));
    for (const candidate of candidates) this.watched.add(candidate);
    const file = candidates.find((candidate) => this.#tree.blobOf(candidate) !== null);
    if (file === undefined) {
      if (folder !== namedBy) this.problems.push(missing(folder, namedBy));
      return;
    }
    this.files.add(file);
    this.#kustomizations.add(file);
    for (const document of await this.#documents(file)) await this.references(document, folder, file);
  }

  async references(kustomization: JsonObject, folder: string, namedBy: string): Promise<void> {
    const { resources, files, plugins, inlinePlugins, charts } = kustomizationReferences(kustomization);
    this.#isIndependent &&= isIndependent(kustomization);
    for (const resource of resources) await this.#resource(resource, folder, namedBy);
    for (const file of files) {
      this.#otherwise.add(path.join(folder, file));
      this.#file(file, folder, namedBy);
    }
    for (const plugin of plugins) await this.#plugin(plugin, folder, namedBy);
    for (const plugin of inlinePlugins) this.#pluginFiles(readDocuments(plugin).objects, folder, namedBy);
    for (const chart of charts) this.#chart(chart, folder, namedBy);
  }

  async #resource(written: string, folder: string, namedBy: string): Promise<void> {
    const target = path.join(folder, written);
    if (this.#tree.blobOf(target) !== null) {
      this.#resources.add(target);
      return this.#file(written, folder, namedBy);
    }
    if (isRemote(written) && this.#tree.filesBelow(target).length === 0) {
      this.problems.push(remote(written, namedBy));
      return;
    }
    // As long as there is no folder, the entry may become a file.
    if (this.#tree.filesBelow(target).length === 0) this.watched.add(target);
    if (this.#isInside(target, written, namedBy)) await this.folder(target, namedBy);
  }

  #file(written: string, folder: string, namedBy: string): void {
    const target = path.join(folder, written);
    if (/^https?:\/\//.test(written)) {
      this.problems.push(remote(written, namedBy));
      return;
    }
    if (!this.#isInside(target, written, namedBy)) return;
    this.watched.add(target);
    if (this.#tree.blobOf(target) !== null) this.files.add(target);
  }

  /** A folder of plugins is a kustomization of its own; a file may name the files that its plugin reads. */
  async #plugin(written: string, folder: string, namedBy: string): Promise<void> {
    const target = path.join(folder, written);
    if (this.#tree.blobOf(target) === null) return this.#resource(written, folder, namedBy);
    this.#file(written, folder, namedBy);
    this.#pluginFiles(await this.#documents(target), folder, target);
  }

  #pluginFiles(configs: readonly JsonObject[], folder: string, namedBy: string): void {
    for (const file of configs.flatMap(pluginReferences)) this.#file(file, folder, namedBy);
  }

  #chart(
    { name, chartHome, isRemote: isFromElsewhere, valuesFiles }: ChartReference,
    folder: string,
    namedBy: string,
  ) {
    const home = path.join(folder, chartHome, name);
    const files = this.#tree.filesBelow(home);
    this.watched.add(home);
    for (const file of files) this.files.add(file);
    for (const file of valuesFiles) this.#file(file, folder, namedBy);
    if (files.length === 0 && isFromElsewhere) this.problems.push(remote(`chart ${name}`, namedBy));
  }

  #isInside(target: string, written: string, namedBy: string): boolean {
    const isInside = target !== ".." && !target.startsWith("../") && !path.isAbsolute(written);
    if (!isInside) this.problems.push(outside(written, namedBy));
    return isInside;
  }

  /** A file that is not YAML names nothing; kustomize says what is wrong with it. */
  async #documents(file: string): Promise<readonly JsonObject[]> {
    const content = await this.#tree.read(file);
    if (content === null) return [];
    const { objects, isWhole } = documentsOf(content);
    if (!isWhole) this.isPartial = true;
    return objects;
  }
}

interface ReadDocuments {
  readonly objects: readonly JsonObject[];
  /** Whether each document is a map, or empty. */
  readonly isWhole: boolean;
}

const documentsOf = onceForEach((content: Buffer) => readDocuments(content.toString("utf8")));

function readDocuments(text: string): ReadDocuments {
  const documents = [...parseAllDocuments(text, { prettyErrors: false, logLevel: "error" })];
  const read = documents.map((document) => ({ document, object: objectOf(document) }));
  return {
    objects: read.flatMap(({ object }) => (object === null ? [] : [object])),
    isWhole: read.every(({ document, object }) => object !== null || isNothing(document)),
  };
}

function isNothing({ contents, errors }: Document): boolean {
  return errors.length === 0 && contents === null;
}

function missing(folder: string, namedBy: string): Problem {
  return {
    path: namedBy,
    line: null,
    code: "source-not-rendered",
    message: `${namedBy} names ${folder}, which is no file and has no kustomization`,
    remedy: `Mend the entry; the folder needs one of ${KUSTOMIZATION_FILES.join(", ")}.`,
    level: "error",
  };
}

function remote(written: string, namedBy: string): Problem {
  return {
    path: namedBy,
    line: null,
    code: "remote-base",
    message: `${namedBy} takes ${written} from elsewhere, and nothing is fetched while rendering`,
    remedy:
      "Vendor it into the repository, or allow the network with render.allowNetwork in .ingress-audit.yaml.",
    level: "error",
  };
}

function outside(written: string, namedBy: string): Problem {
  return {
    path: namedBy,
    line: null,
    code: "source-not-rendered",
    message: `${namedBy} names ${written}, which lies outside the repository`,
    remedy: "Name files of the repository only.",
    level: "error",
  };
}
