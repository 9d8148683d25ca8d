import { AuditError } from "../../model/audit-error.ts";
import { realPatience } from "../assembly/real-patience.ts";
import { actionsRunner } from "./actions-runner.ts";
import { runAction } from "./run-action.ts";

const cancelled = new AbortController();
// A cancelled run gets SIGINT, then SIGTERM 7.5 seconds later: time to leave nothing behind.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    const mend = "Run it again; nothing was left half done.";
    cancelled.abort(new AuditError({ code: "cancelled", what: "The run was cancelled", mend }));
  });
}

await runAction(actionsRunner(process.env), {
  now: new Date(),
  signal: cancelled.signal,
  patience: realPatience,
});
