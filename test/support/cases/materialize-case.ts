import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { TestRepository } from "../repository/build-repository.ts";
import { shallowClone } from "../repository/shallow-clone.ts";
import { removeFolder, temporaryFolder } from "../repository/temporary-folder.ts";
import { auditEvents, type CaseLog } from "./audit-events.ts";
import { buildHistory, type CaseHistory, changedFiles } from "./build-history.ts";
import type { TreeChange } from "./case-format.ts";
import type { Story } from "./find-cases.ts";
import { liveSnapshot } from "./live-snapshot.ts";
import { nameCommits, withCommitNames } from "./name-commits.ts";

/** A case on disk: a real repository, snapshot and audit log, and the command line that audits them. */
export interface MaterializedCase {
  /** Arguments after `ingress-audit audit`. */
  readonly args: readonly string[];
  /** The labels of commits, by sha. */
  readonly labelOf: (sha: string) => string;
  readonly remove: () => void;
}

/** Makes a case and takes it away when it has been used. */
export async function withMaterializedCase<Result>(
  story: Story,
  use: (materialized: MaterializedCase) => Promise<Result>,
): Promise<Result> {
  const materialized = await materializeCase(story);
  try {
    return await use(materialized);
  } finally {
    materialized.remove();
  }
}

async function materializeCase(story: Story): Promise<MaterializedCase> {
  const { audit } = story;
  const history = buildHistory(await withCommitNames(story.git));
  const repository = await history.builder.write({
    checkout: audit.worktree !== undefined,
    ...(audit.remote === undefined ? {} : { remotes: { origin: audit.remote } }),
  });
  const clone = audit.shallow === undefined ? null : await shallowClone(repository.dir, audit.shallow);
  const dir = clone?.dir ?? repository.dir;
  if (audit.worktree !== undefined) await changeWorktree(dir, repository, audit.worktree);
  const inputs = await writeInputs(story, history, repository);
  const applied = audit.applied === undefined ? null : sha(history, repository, audit.applied);
  const labels = new Map([...history.labels].map(([label, mark]) => [repository.sha(mark), label]));
  return {
    args: [
      ...["--repo", dir],
      ...(audit.worktree === undefined ? ["--ref", audit.ref] : ["--worktree"]),
      ...inputs.args,
      ...(applied === null ? [] : ["--applied-revision", applied]),
      ...audit.args,
    ],
    labelOf: (commit) => (/^0+$/.test(commit) ? "uncommitted" : (labels.get(commit) ?? commit)),
    remove: () => {
      clone?.remove();
      repository.remove();
      removeFolder(inputs.folder);
    },
  };
}

async function writeInputs(
  { live, classes, objects, log, audit }: Story,
  history: CaseHistory,
  repository: TestRepository,
) {
  const folder = await temporaryFolder();
  const events = auditEvents(log ?? [], history);
  const args: string[] = [];
  const write = async (option: string, name: string, text: string) => {
    await writeFile(join(folder, name), text);
    args.push(option, join(folder, name));
  };
  const snapshot = liveSnapshot({ live, classes, objects }, audit.observedAt, history, events.stateAfter);
  const shas = new Map([...history.labels].map(([label, mark]) => [label, repository.sha(mark)]));
  const named = nameCommits(JSON.stringify(snapshot, null, 4), shas);
  await write("--snapshot", "snapshot.json", `${named}\n`);
  if (log !== null) await write("--audit-log", "audit.jsonl", logText(events, audit.logOrder));
  if (audit.config !== undefined) await write("--config", "ingress-audit.yaml", stringify(audit.config));
  return { folder, args };
}

function logText({ lines, lineOf }: CaseLog, order: readonly string[] | undefined): string {
  return (order?.map(lineOf) ?? lines).map((line) => `${line}\n`).join("");
}

function sha({ labels }: CaseHistory, repository: TestRepository, label: string): string {
  const mark = labels.get(label);
  if (mark === undefined) throw new Error(`No commit is labelled ${label}`);
  return repository.sha(mark);
}

async function changeWorktree(dir: string, repository: TestRepository, change: TreeChange): Promise<void> {
  const changes = changedFiles(repository.filesAt("main"), change, "the work tree");
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) removeFolder(join(dir, path));
    else if (typeof content === "string") {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), content);
    }
  }
}
