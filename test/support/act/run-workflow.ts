import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { Json } from "../../../src/model/json.ts";
import { type ActLog, readActLog } from "./act-log.ts";
import { findWorkflowBinaries } from "./workflow-binaries.ts";

const NODE_FOLDER = path.dirname(process.execPath);

export interface WorkflowInput {
  readonly workflow: { readonly name: string; readonly text: string };
  /** `pull_request`, `push`, `schedule` … */
  readonly event: string;
  readonly payload: Json;
  /** The clone that the workflow checks out; it is copied. */
  readonly clone: string;
  /** What stands for an action: `owner/name@ref` to a folder. */
  readonly actions: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** On top of what act sets. */
  readonly env?: Readonly<Record<string, string>>;
  /** Put first into PATH. */
  readonly programs?: readonly string[];
  /** More arguments for act. */
  readonly args?: readonly string[];
}

export interface WorkflowResult extends ActLog {
  readonly ok: boolean;
}

/**
 * Run a workflow with the real runner of workflows, on this machine and without containers.
 *
 * @see https://nektosact.com
 */
export async function runWorkflow(input: WorkflowInput): Promise<WorkflowResult> {
  const { act } = await findWorkflowBinaries((line) => console.error(line));
  const scratch = await mkdtemp(path.join(tmpdir(), "ingress-audit-act-"));
  try {
    const files = await writeInputs(scratch, input);
    const child = spawn(act, [input.event, ...flags(input, files, scratch)], {
      env: environment(scratch, input.programs ?? []),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [stdout, stderr, status] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.on("close", resolve)),
    ]);
    const log = readActLog(stdout);
    if (log.steps.size === 0) throw new Error(`act ran no step:\n${stdout}\n${stderr}`);
    return { ok: status === 0, ...log };
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

interface InputFiles {
  readonly workflow: string;
  readonly payload: string;
  readonly secrets: string;
}

async function writeInputs(scratch: string, input: WorkflowInput): Promise<InputFiles> {
  const { payload, secrets = {}, workflow } = input;
  const files = {
    workflow: path.join(scratch, workflow.name),
    payload: path.join(scratch, "event.json"),
    secrets: path.join(scratch, "secrets"),
  };
  await writeFile(files.workflow, workflow.text);
  await writeFile(files.payload, JSON.stringify(payload));
  // Lines of NAME=VALUE, the value as a JSON string.
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
  await writeFile(files.secrets, lines.join(""), { mode: 0o600 });
  return files;
}

function flags(input: WorkflowInput, files: InputFiles, scratch: string): readonly string[] {
  const pairs = (flag: string, values: Readonly<Record<string, string>> = {}) =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  return [
    "--json",
    ...["--platform", "ubuntu-latest=-self-hosted"],
    ...["--directory", input.clone],
    ...["--workflows", files.workflow],
    ...["--eventpath", files.payload],
    ...["--secret-file", files.secrets],
    ...["--action-cache-path", path.join(scratch, "actions")],
    "--no-cache-server",
    ...pairs("--local-repository", input.actions),
    ...pairs("--var", input.vars),
    ...pairs("--env", input.env),
    ...(input.args ?? []),
  ];
}

/** Nothing of the user's own: neither act's settings nor git's. */
function environment(scratch: string, programs: readonly string[]): Record<string, string> {
  return {
    PATH: [...programs, NODE_FOLDER, process.env.PATH ?? ""].join(path.delimiter),
    HOME: scratch,
    XDG_CONFIG_HOME: path.join(scratch, "config"),
    TMPDIR: tmpdir(),
    LANG: "C.UTF-8",
  };
}
