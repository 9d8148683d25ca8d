/** Makes sure, before the test runner starts its clock, that the real programs are there that the tests run. */
import { AuditError } from "../src/model/audit-error.ts";
import { findWorkflowBinaries } from "../test/support/act/workflow-binaries.ts";
import { findAssets } from "../test/support/cluster/assets.ts";
import { findRenderers } from "../test/support/renderers/find-renderers.ts";

try {
  const report = (line: string) => console.error(line);
  await findAssets(report);
  await findWorkflowBinaries(report);
  await findRenderers(report);
} catch (error) {
  if (!(error instanceof AuditError)) throw error;
  console.error(`error: ${error.what}\n${error.mend}`);
  process.exitCode = 1;
}
