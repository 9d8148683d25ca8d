import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AuditReport } from "../../../src/report/audit-report.ts";
import { runAuditCommand } from "../cases/run-case.ts";
import { type FileContent, RepositoryBuilder } from "../repository/build-repository.ts";

/** What one commit holds; each further one changes it. */
export type Files = Readonly<Record<string, FileContent>>;

export interface AuditInput {
  readonly commits: readonly Files[];
  /** As `kubectl get ingress,ingressclass -A -o json --show-managed-fields` prints it. */
  readonly snapshot: string;
  /** More arguments. */
  readonly args?: readonly string[];
}

/** Run `ingress-audit audit` on a real repository of these commits and a real snapshot. */
export async function auditRepository({
  commits,
  snapshot,
  args = [],
}: AuditInput): Promise<{ readonly exit: number; readonly report: AuditReport }> {
  const builder = new RepositoryBuilder();
  const author = { name: "Dana Deployer", email: "dana@example.com" };
  for (const files of commits) builder.commit({ message: "deploy: change", author, files });
  using repository = await builder.write({ bare: true });
  const file = join(repository.dir, "test-snapshot.json");
  await writeFile(file, snapshot);
  return await runAuditCommand(["--repo", repository.dir, "--ref", "main", "--snapshot", file, ...args]);
}
