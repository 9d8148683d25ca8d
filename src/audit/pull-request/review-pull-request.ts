import type { AuditError } from "../../model/audit-error.ts";
import type { AuditReport } from "../../report/audit-report.ts";
import type { PullRequestReview } from "../../report/pull-request/pull-request-review.ts";
import { attributeWhole } from "../attributed/attribute-all.ts";
import type { AuditRequest } from "../audit-request.ts";
import { IgnoredCounter } from "../left-out/ignore-divergences.ts";
import { SeverityFloor } from "../left-out/severity-floor.ts";
import { shasToDescribe } from "../reporting/build-report.ts";
import { buildReview } from "./build-review.ts";
import { commitsOfChanges } from "./change-commits.ts";
import { type ComparedCommits, chooseCommits } from "./choose-commits.ts";
import { gatherTouched, touchedWithin } from "./gather-touched.ts";
import { clusterFacts, readingOnce } from "./git-side.ts";
import type { PullRequestRequest, ReviewPorts } from "./pull-request-request.ts";
import { readSides } from "./read-sides.ts";
import { rememberingRenderer } from "./remembering-renderer.ts";
import { reportOfTouched } from "./report-of-touched.ts";

export interface ReviewOutcome {
  readonly review: PullRequestReview;
  /** The audit of the base against the cluster, of the touched Ingresses alone; null where the cluster was not read. */
  readonly report: AuditReport | null;
  /** Why the cluster could not be read, where it should have been. */
  readonly clusterError: AuditError | null;
}

/**
 * Compare a pull request's base, its head and the cluster.
 *
 * @throws {AuditError} Where Git cannot be read. A cluster that cannot be read leaves a review of Git alone.
 */
export async function reviewPullRequest(
  request: PullRequestRequest,
  givenPorts: ReviewPorts,
): Promise<ReviewOutcome> {
  const { cluster } = givenPorts;
  const ports = {
    ...givenPorts,
    renderer: rememberingRenderer(givenPorts.renderer),
    cluster: cluster === null ? null : readingOnce(cluster),
  };
  const { git, progress } = ports;
  const commits = await chooseCommits(git, request.pullRequest);
  const audit = auditOfBase(request, commits);
  progress("Reading the manifests");
  const sides = await readSides(audit, ports, commits, await clusterFacts(audit, ports));
  const ids = sides.touched.map(({ id }) => id);
  const { gathered, error } = await gatherTouched(audit, ports, ids);
  const { attributed, ignored, floor } =
    gathered === null
      ? nothingAttributed(audit)
      : await attributeWhole(gathered, touchedWithin(gathered, ids), audit.ignore, audit.minSeverity);

  progress("Looking up commits");
  const commitsOf = await commitsOfChanges(
    sides.headPlan,
    ports,
    commits,
    request.pullRequest,
    sides.touched,
  );
  const changed = sides.touched.flatMap(({ id, changes }) =>
    changes.flatMap(({ divergence }) => commitsOf(id, divergence)),
  );
  const shas = [...new Set([...shasToDescribe(attributed), ...changed])];
  const described = await git.describeCommits(shas, commits.base);
  const lookup = new Map(described.map((commit) => [commit.sha, commit]));

  const repository = { repository: await git.repositoryName(), shallow: await git.isShallow() };
  const found = {
    request,
    commits,
    sides,
    gathered,
    attributed,
    ignored: ignored.report(),
    belowMinSeverity: floor.report(),
    ...repository,
  };
  return {
    review: buildReview({ ...found, clusterError: error, commitsOf, lookup }),
    report: gathered === null ? null : reportOfTouched(found, gathered, lookup),
    clusterError: error,
  };
}

function nothingAttributed({ ignore, minSeverity }: AuditRequest) {
  return { attributed: [], ignored: new IgnoredCounter(ignore), floor: new SeverityFloor(minSeverity) };
}

/** What the base branch holds is audited; what the pull request proposes counts as not merged. */
function auditOfBase(
  { audit, pullRequest }: PullRequestRequest,
  { base, head }: ComparedCommits,
): AuditRequest {
  const ref = head === pullRequest.headSha ? "head" : "merge";
  const proposed = [{ name: `refs/pull/${pullRequest.number}/${ref}`, sha: head }];
  return { ...audit, ref: base, commit: base, worktree: false, isNarrowed: false, proposed };
}
