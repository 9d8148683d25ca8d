import path from "node:path";
import type { BinarySet } from "../binaries/binary-set.ts";
import { findBinaries } from "../binaries/find-binaries.ts";

/** Less than a minute on 2 cores where the module cache is filled. */
const WORKFLOW_BINARIES: BinarySet = {
  title: "act 0.2.89 and actionlint 1.7.12",
  folderName: "workflows",
  module: path.resolve(import.meta.dirname, "../workflow-binaries"),
  names: ["act", "actionlint"],
  linkerFlags: [],
  variable: "INGRESS_AUDIT_WORKFLOW_BINARIES",
  elsewhere: " (both projects release binaries on GitHub)",
};

export type WorkflowBinaries = Readonly<Record<"act" | "actionlint", string>>;

/**
 * Find the runner of workflows, https://github.com/nektos/act, and the linter, https://github.com/rhysd/actionlint.
 *
 * @param report Called with a line of progress before anything slow.
 * @returns Absolute paths.
 * @throws {AuditError} `test-binaries-missing`, `test-binaries-build-failed`.
 */
export async function findWorkflowBinaries(
  report: (line: string) => void = () => {},
): Promise<WorkflowBinaries> {
  const folder = await findBinaries(WORKFLOW_BINARIES, report);
  return { act: path.join(folder, "act"), actionlint: path.join(folder, "actionlint") };
}
