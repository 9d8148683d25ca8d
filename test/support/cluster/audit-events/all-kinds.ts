import type { AuditEventKind } from "./audit-event-kind.ts";
import { DELETES } from "./deletes.ts";
import { IDENTITIES } from "./identities.ts";
import { NON_WRITES } from "./non-writes.ts";
import { POOR_LOGS } from "./poor-logs.ts";
import { WRITES } from "./writes.ts";

export const AUDIT_EVENT_KINDS: readonly AuditEventKind[] = [
  ...WRITES,
  ...DELETES,
  ...NON_WRITES,
  ...IDENTITIES,
  ...POOR_LOGS,
];
