import { readFileSync } from "node:fs";
import {
  type FileContent,
  type Identity,
  type Label,
  RepositoryBuilder,
} from "../repository/build-repository.ts";
import { applyEdits } from "./apply-edits.ts";
import type { GitStep, TreeChange } from "./case-format.ts";

/** A case's history, recorded but not yet on disk. */
export interface CaseHistory {
  readonly builder: RepositoryBuilder;
  readonly labels: ReadonlyMap<string, Label>;
  /** A file's text at a labelled commit. */
  readonly textAt: (path: string, commit: string) => string;
  /** When a labelled commit was made, or the first one. ISO 8601. */
  readonly committedAt: (commit: string | null) => string;
}

export function buildHistory(steps: readonly GitStep[]): CaseHistory {
  const builder = new RepositoryBuilder();
  const labels = new Map<string, Label>();
  const branches = new Set<string>();
  for (const step of steps) recordStep({ builder, labels, branches }, step);
  return {
    builder,
    labels,
    committedAt: (commit) => committedAt(steps, commit),
    textAt: (path, commit) => {
      const text = builder.filesAt(labelOf(labels, commit)).get(path);
      if (text === undefined) throw new Error(`${path} does not exist at ${commit}`);
      return text;
    },
  };
}

export function manifest(name: string): string {
  return readFileSync(new URL(`manifests/${name}.yaml`, import.meta.url), "utf8");
}

/** What a change of a tree writes, from the files that stand there before. */
export function changedFiles(
  before: ReadonlyMap<string, string>,
  change: TreeChange,
  where: string,
): Record<string, FileContent> {
  const texts = new Map(before);
  const changed: Record<string, FileContent> = {};
  const write = (path: string, text: string) => {
    texts.set(path, text);
    changed[path] = text;
  };
  const read = (path: string) => {
    const text = texts.get(path);
    if (text === undefined) throw new Error(`${where}: there is no ${path}`);
    return text;
  };
  const remove = (path: string) => {
    read(path);
    texts.delete(path);
    changed[path] = null;
  };
  for (const [from, to] of Object.entries(change.move ?? {})) {
    write(to, read(from));
    remove(from);
  }
  for (const path of change.delete ?? []) remove(path);
  for (const [path, content] of Object.entries(change.files ?? {})) {
    write(path, typeof content === "string" ? content : manifest(content.manifest));
  }
  for (const { path, count, content } of change.copies ?? []) {
    const filled = (text: string, number: number) => text.replaceAll("{n}", String(number));
    for (let number = 1; number <= count; number += 1) write(filled(path, number), filled(content, number));
  }
  for (const [path, edits] of Object.entries(change.edit ?? {})) {
    write(path, applyEdits(read(path), edits, `${where}, ${path}`));
  }
  if (change.lineEndings !== undefined) {
    const end = change.lineEndings === "crlf" ? "\r\n" : "\n";
    for (const [path, text] of texts) write(path, text.replaceAll(/\r?\n/g, end));
  }
  return changed;
}

function committedAt(steps: readonly GitStep[], label: string | null): string {
  for (const step of steps) {
    if (!("at" in step)) continue;
    if (label === null || label === ("commit" in step ? step.commit : step.merge)) return step.at;
  }
  throw new Error(label === null ? "The history has no commit" : `No commit is labelled ${label}`);
}

interface Recording {
  readonly builder: RepositoryBuilder;
  readonly labels: Map<string, Label>;
  readonly branches: Set<string>;
}

function recordStep(recording: Recording, step: GitStep): void {
  const { builder, labels, branches } = recording;
  if ("merge" in step) {
    const files = changedFiles(builder.filesAt(resolve(labels, step.from)), step, step.merge);
    const label = builder.merge({
      into: step.into,
      from: resolve(labels, step.from),
      squash: step.squash ?? false,
      ...signatureOf(step, step.merge),
      files,
      links: step.links ?? {},
    });
    labels.set(step.merge, label);
  } else if ("commit" in step) {
    labels.set(step.commit, recordCommit(recording, step));
  } else if ("ref" in step) {
    builder.ref(step.ref, resolve(labels, step.to));
  } else {
    builder.branch(step.branch, resolve(labels, step.from));
    branches.add(step.branch);
  }
}

function recordCommit(
  { builder, labels, branches }: Recording,
  step: Extract<GitStep, { commit: string }>,
): Label {
  if (labels.has(step.commit)) throw new Error(`Two commits are labelled ${step.commit}`);
  const branch = step.branch ?? "main";
  const parents = step.parents?.map((parent) => resolve(labels, parent));
  const parent = parents === undefined ? (branches.has(branch) ? branch : undefined) : parents[0];
  const before = parent === undefined ? new Map<string, string>() : builder.filesAt(parent);
  branches.add(branch);
  return builder.commit({
    branch,
    ...(parents === undefined ? {} : { parents }),
    ...signatureOf(step, step.commit),
    files: changedFiles(before, step, step.commit),
    links: step.links ?? {},
  });
}

function signatureOf(
  step: {
    readonly author: string;
    readonly committer?: string | undefined;
    readonly at: string;
    readonly authoredAt?: string | undefined;
    readonly message?: string | undefined;
  },
  label: string,
) {
  return {
    author: identity(step.author),
    committer: identity(step.committer ?? step.author),
    committedAt: step.at,
    authoredAt: step.authoredAt ?? step.at,
    message: step.message ?? label,
  };
}

function identity(text: string): Identity {
  const [, name, email] = /^(.+) <([^<>]+)>$/.exec(text) ?? [];
  if (name === undefined || email === undefined) throw new Error(`${text} is not "Name <email>"`);
  return { name, email };
}

/** A label of the case's, or a branch. */
function resolve(labels: ReadonlyMap<string, Label>, name: string): string {
  return labels.get(name) ?? name;
}

function labelOf(labels: ReadonlyMap<string, Label>, name: string): Label {
  const label = labels.get(name);
  if (label === undefined) throw new Error(`No commit is labelled ${name}`);
  return label;
}
