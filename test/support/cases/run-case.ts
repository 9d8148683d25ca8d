import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { createProgram } from "../../../src/entry/cli/create-program.ts";
import { auditReport } from "../../../src/report/audit-report.ts";
import { removeFolder, temporaryFolder } from "../repository/temporary-folder.ts";
import type { CaseOutcome } from "./check-report.ts";

/** Run `ingress-audit audit` in this process, with its JSON report in a file. */
export async function runAuditCommand(args: readonly string[]): Promise<CaseOutcome> {
  const folder = await temporaryFolder();
  try {
    const file = join(folder, "report.json");
    const process = quietProcess();
    const line = ["node", "ingress-audit", "audit", ...args, "--output", `json=${file}`];
    await createProgram(process).parseAsync(line);
    const report = auditReport.parse(JSON.parse(await readFile(file, "utf8")));
    return { exit: Number(process.exitCode ?? 0), report };
  } finally {
    removeFolder(folder);
  }
}

/** This process to look at, but with streams and an exit code of its own. */
function quietProcess(): NodeJS.Process {
  const own = {
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    stdin: new PassThrough(),
    exitCode: undefined,
  };
  return Object.create(
    process,
    Object.fromEntries(Object.entries(own).map(([key, value]) => [key, { value, writable: true }])),
  );
}
