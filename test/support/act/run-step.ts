import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { BuiltAction } from "./build-action.ts";

export interface StepInput {
  /** The folder of the checkout. */
  readonly workspace: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the step like a cancelled run: the signal is sent once the step prints this. */
  readonly cancelAt?: string;
}

export interface StepResult {
  readonly status: number | null;
  /** Commands to the runner included. */
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** What is left in RUNNER_TEMP. */
  readonly left: readonly string[];
}

/** Run the bundled Action alone, with the environment and the files that a runner gives it. */
export async function runStep(action: BuiltAction, input: StepInput): Promise<StepResult> {
  const scratch = await mkdtemp(path.join(tmpdir(), "ingress-audit-step-"));
  try {
    const files = { summary: path.join(scratch, "summary"), output: path.join(scratch, "output") };
    const temporary = path.join(scratch, "temp");
    await Promise.all([writeFile(files.summary, ""), writeFile(files.output, ""), mkdir(temporary)]);
    const child = spawn(process.execPath, [path.join(action.folder, "dist/action.js")], {
      cwd: input.workspace,
      env: {
        PATH: process.env.PATH ?? "",
        HOME: scratch,
        GITHUB_ACTIONS: "true",
        GITHUB_WORKSPACE: input.workspace,
        GITHUB_REPOSITORY: "acme/shop",
        GITHUB_STEP_SUMMARY: files.summary,
        GITHUB_OUTPUT: files.output,
        RUNNER_TEMP: temporary,
        ...Object.fromEntries(
          Object.entries(input.inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
        ),
        ...input.env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { cancelAt } = input;
    if (cancelAt !== undefined) {
      child.stdout.on("data", (chunk: Buffer) => {
        if (chunk.toString("utf8").includes(cancelAt)) child.kill("SIGINT");
      });
    }
    const [stdout, stderr, status] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.on("close", resolve)),
    ]);
    return {
      status,
      stdout,
      stderr,
      summary: await readFile(files.summary, "utf8"),
      outputs: readOutputs(await readFile(files.output, "utf8")),
      left: await readdir(temporary, { recursive: true }),
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** `name<<delimiter`, lines, `delimiter`. */
function readOutputs(text: string): Record<string, string> {
  const outputs = text.matchAll(/^(\S+)<<(ghadelimiter_\S+)\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...outputs].map(([, name = "", , value = ""]) => [name, value]));
}
