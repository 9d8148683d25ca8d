import path from "node:path/posix";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { onceForEach } from "../../../model/once-for-each.ts";
import type { SourceTree } from "../../../ports/source-renderer.ts";
import { isSameRepository } from "../same-repository.ts";
import { yamlValues } from "../yaml-values.ts";
import { matchGlob, matchGreedyGlob } from "./match-glob.ts";
import { sanitizeName } from "./sanitize-name.ts";

export interface GitSurroundings {
  readonly remotes: readonly string[];
  readonly tree: SourceTree;
  /** Grows by the files that are read. */
  readonly files: string[];
}

/**
 * @returns One set of parameters for each folder, or for each map in the files, that the generator takes; in words, why
 *   that is not known.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git/
 */
export async function gitParameters(
  git: JsonObject,
  { remotes, tree, files: read }: GitSurroundings,
): Promise<JsonObject[] | string> {
  if (typeof git.repoURL !== "string" || !isSameRepository(git.repoURL, remotes))
    return `its git generator looks into ${String(git.repoURL)}`;
  const directories = entriesOf(git.directories);
  const files = taken(tree.filesBelow("."), entriesOf(git.files));
  read.push(...files);
  if (String(files) !== String(taken(tree.filesBelow("."), entriesOf(git.files, matchGreedyGlob))))
    return "its git generator takes other files where Argo CD's new file globbing is off";
  const found = directories.length > 0 ? directoriesIn(directories, tree) : await filesIn(files, tree);
  const prefix = git.pathParamPrefix;
  if (typeof found === "string" || typeof prefix !== "string" || prefix === "") return found;
  return found.map(({ path: folder = null, ...rest }) => ({ ...rest, [prefix]: { path: folder } }));
}

interface PathEntry {
  readonly takes: (path: string) => boolean;
  readonly isExcluded: boolean;
}

function entriesOf(value: Json | undefined, match = matchGlob): readonly PathEntry[] {
  return (Array.isArray(value) ? value.filter(isJsonObject) : []).map((entry) => ({
    takes: match(String(entry.path ?? "")),
    isExcluded: entry.exclude === true,
  }));
}

function directoriesIn(entries: readonly PathEntry[], tree: SourceTree): JsonObject[] {
  const folders = new Set(tree.filesBelow(".").flatMap((file) => foldersOf(file)));
  return taken([...folders].sort(), entries).map((folder) => ({ path: pathParameters(folder) }));
}

async function filesIn(files: readonly string[], tree: SourceTree): Promise<JsonObject[] | string> {
  const parameters: JsonObject[] = [];
  for (const file of files) {
    const objects = objectsIn((await tree.read(file)) ?? NO_CONTENT);
    if (objects === null) return `its git generator reads ${file}, which holds no map`;
    const filename = path.basename(file);
    const own = {
      ...pathParameters(path.dirname(file)),
      filename,
      filenameNormalized: sanitizeName(filename),
    };
    parameters.push(...objects.map((each) => ({ ...each, path: own })));
  }
  return parameters;
}

const NO_CONTENT = Buffer.of();

/** A map, or a list of maps. @returns null where the file holds something else. */
const objectsIn = onceForEach((content: Buffer): JsonObject[] | null => {
  const [value, ...more] = yamlValues(content.toString("utf8"));
  const objects: readonly unknown[] = Array.isArray(value) ? value : [value];
  return more.length === 0 && objects.every(isJsonObject) ? [...objects] : null;
});

function taken(paths: readonly string[], entries: readonly PathEntry[]): readonly string[] {
  const isTaken = (each: string, excluded: boolean) =>
    entries.some((entry) => entry.isExcluded === excluded && entry.takes(each));
  return paths.filter((each) => isTaken(each, false) && !isTaken(each, true));
}

function foldersOf(file: string): readonly string[] {
  const parts = path.dirname(file).split("/");
  return file.includes("/") ? parts.map((_, index) => parts.slice(0, index + 1).join("/")) : [];
}

/** As both kinds of template name them: `path.basename`, `path.segments`, `path[0]`. */
function pathParameters(folder: string): JsonObject {
  const segments = folder.split("/");
  const basename = segments.at(-1) ?? "";
  return { path: folder, basename, basenameNormalized: sanitizeName(basename), segments };
}
