import { objectHistory } from "../../attribute/history/object-history.ts";
import type { ComparedIngress } from "../../model/divergence.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { GitHistory } from "../../ports/git-history.ts";
import type { DesiredState } from "../desired/read-desired.ts";
import type { History } from "../history/read-history.ts";

/**
 * The live Ingresses that seem to be in the cluster only, but that an unreadable file declares or may declare:
 * because the problem names them, because an older version of the file declared them, or because its text holds
 * their name. Where the file has no text, what once stood at its path counts.
 */
export async function hiddenByUnreadable(
  git: GitHistory,
  compared: readonly ComparedIngress[],
  desired: DesiredState,
  history: History | null,
): Promise<readonly IngressId[]> {
  const errors = desired.problems.filter((problem) => problem.level === "error");
  const extras = compared.filter(({ state }) => state === "extra").map(({ id }) => id);
  if (extras.length === 0 || errors.length + desired.submodules.length === 0) return [];
  const named = new Set(
    errors.flatMap(({ ingress }) => (ingress === undefined ? [] : [ingressKey(ingress)])),
  );
  const nameless = new Set(errors.filter(({ ingress }) => ingress === undefined).map(({ path }) => path));
  const texts = await readTexts(git, desired, nameless);
  const contentless = [...withoutContent(desired, nameless), ...desired.submodules];
  return extras.filter(
    (id) =>
      named.has(ingressKey(id)) ||
      texts.some((text) => holdsName(text, id.name)) ||
      (history !== null && (isUnreadableAtHead(history, id) || isFormerlyAt(history, id, contentless))),
  );
}

/** The Ingresses that seem to be missing, but that the cluster's answer holds in a form that could not be read. */
export function hiddenInCluster(
  compared: readonly ComparedIngress[],
  problems: readonly Problem[],
): readonly IngressId[] {
  const errors = problems.filter(({ level }) => level === "error");
  const named = new Set(
    errors.flatMap(({ ingress }) => (ingress === undefined ? [] : [ingressKey(ingress)])),
  );
  const isAnyHidden = errors.some(({ ingress }) => ingress === undefined);
  return compared
    .filter(({ id, state }) => state === "missing" && (isAnyHidden || named.has(ingressKey(id))))
    .map(({ id }) => id);
}

/** Says of a hidden Ingress that it was not audited: nothing is left out of a report without a word. */
export function hiddenProblem(id: IngressId): Problem {
  return {
    path: ingressKey(id),
    line: null,
    code: "hidden-by-unreadable",
    message: `Ingress ${ingressKey(id)} could not be audited, because an input that may hold its other side could not be read`,
    remedy: "Mend the errors beside this one, and run the audit again.",
    level: "warning",
    ingress: id,
  };
}

function isUnreadableAtHead({ index, versions }: History, id: IngressId): boolean {
  return objectHistory(index, versions.of(id)).stateAt(index.graph.head).kind === "unreadable";
}

/** Links that lead nowhere, and files that could not be opened: there is no text that could tell. */
function withoutContent({ files }: DesiredState, paths: ReadonlySet<string>): readonly string[] {
  const read = new Set(files.map(({ path }) => path));
  return [...paths].filter((path) => !read.has(path));
}

/** A path that once declared the Ingress may well declare it still. A link or a submodule may stand where a folder was. */
export function isFormerlyAt({ versions }: History, id: IngressId, paths: readonly string[]): boolean {
  if (paths.length === 0) return false;
  return versions
    .of(id)
    .some((version) => paths.some((path) => version.path === path || version.path.startsWith(`${path}/`)));
}

async function readTexts(
  git: GitHistory,
  desired: DesiredState,
  paths: ReadonlySet<string>,
): Promise<string[]> {
  const blobs = desired.files.filter(({ path }) => paths.has(path)).map(({ blob }) => blob);
  const texts: string[] = [];
  for await (const { content } of git.readBlobs([...new Set(blobs)])) texts.push(content.toString("utf8"));
  return texts;
}

function holdsName(text: string, name: string): boolean {
  const isPartOfName = (character: string | undefined) => character !== undefined && /[\w.-]/.test(character);
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!isPartOfName(text[at - 1]) && !isPartOfName(text[at + name.length])) return true;
  }
  return false;
}
