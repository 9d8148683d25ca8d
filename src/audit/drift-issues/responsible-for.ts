import type { ReportedCommit, ReportedDivergence } from "../../report/audit-report.ts";
import type { Responsible } from "../../report/drift-issue/issue-view.ts";
import type { ShownIngress } from "../../report/worst-first.ts";
import type { OwnersOf } from "./code-owners.ts";

/** GitHub takes as many assignees. */
const MOST = 10;

/**
 * Whom to turn to about what differs, worst first: the author of the newest pending commit, whose login is proven, and
 * for what Git did not do the code owners of the manifest. Nobody twice.
 */
export function responsibleFor(shown: readonly ShownIngress[], ownersOf: OwnersOf): readonly Responsible[] {
  const all = shown.flatMap(({ ingress, divergences }) =>
    divergences.flatMap((divergence) => responsible(divergence, ingress.origin?.path ?? null, ownersOf)),
  );
  const byName = new Map(all.toReversed().map((each) => [`${each.kind} ${each.name.toLowerCase()}`, each]));
  return [...byName.values()].toReversed().slice(0, MOST);
}

/** The logins among them: a team cannot be assigned, and an address is no login. */
export function assigneesAmong(responsible: readonly Responsible[]): readonly string[] {
  return responsible.filter(({ kind }) => kind === "login").map(({ name }) => name);
}

function responsible(
  { verdict, commits }: ReportedDivergence,
  path: string | null,
  ownersOf: OwnersOf,
): readonly Responsible[] {
  switch (verdict) {
    case "pending":
    case "unmerged":
      return author(commits[0]);
    case "out-of-band":
      return path === null
        ? []
        : ownersOf(path).map((owner) => ({ ...owner, why: "code-owner", commit: null }));
    case "controller":
      return [];
    default:
      return verdict satisfies never;
  }
}

function author(commit: ReportedCommit | undefined): readonly Responsible[] {
  if (commit?.author.login == null) return [];
  return [{ kind: "login", name: commit.author.login, why: "author", commit: commit.sha }];
}
