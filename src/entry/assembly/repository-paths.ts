import { realpathSync } from "node:fs";
import path from "node:path";
import { AuditError } from "../../model/audit-error.ts";

/**
 * Paths on the command line start at `--repo`, paths of the audit at the repository's root. A bare repository has no
 * folders to stand in, so there they are the same.
 */
export function repositoryPaths(
  paths: readonly string[],
  repo: string,
  root: string | null,
): readonly string[] {
  if (root === null) return paths;
  return paths.map((each) => {
    const relative = path.relative(root, path.resolve(realpathSync(repo), each));
    if (relative !== ".." && !relative.startsWith(`..${path.sep}`))
      return relative.split(path.sep).join("/") || ".";
    throw new AuditError({
      code: "usage",
      what: `${each} lies outside the repository`,
      where: { repository: root },
      mend: "Name paths inside the repository, or another repository with --repo.",
    });
  });
}
