import type { Severity } from "../../model/severity.ts";
import { type Assembled, assemble } from "../assembly/assemble.ts";
import type { ForgeAccess } from "../assembly/github/forge-access.ts";
import { openOwn } from "../assembly/open-own.ts";
import type { Surroundings } from "../assembly/surroundings.ts";
import { checkNamedLogs } from "./check-audit-logs.ts";
import { type SeveralOptions, severalOptions } from "./several-options.ts";

type OneOptions = SeveralOptions & { readonly forge?: ForgeAccess; readonly minSeverity?: Severity };

/** What a command of one Ingress needs; it takes the options as `audit` does, and looks at one cluster. */
export async function assembleOne(
  command: "blame" | "adopt" | "restore",
  options: OneOptions,
  surroundings: Surroundings,
): Promise<Assembled> {
  const { common, one } = severalOptions(options);
  const own = await openOwn(common, surroundings);
  await checkNamedLogs(one.auditLog ?? [], own.configuration, one.repo, command);
  return await assemble([], one, surroundings, own);
}
