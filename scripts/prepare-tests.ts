/** Makes sure, before the test runner starts its clock, that there is a real API server to test against. */
import { AuditError } from "../src/model/audit-error.ts";
import { findAssets } from "../test/support/cluster/assets.ts";

try {
  await findAssets((line) => console.error(line));
} catch (error) {
  if (!(error instanceof AuditError)) throw error;
  console.error(`error: ${error.what}\n${error.mend}`);
  process.exitCode = 1;
}
