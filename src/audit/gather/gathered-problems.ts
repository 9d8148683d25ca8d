import type { Problem } from "../../model/problem.ts";
import type { AuditTrailContent } from "../../ports/audit-trail.ts";
import type { AuditPorts } from "../audit-request.ts";
import type { UnknownDeployer } from "../writers/unknown-deployer.ts";
import { unknownDeployerProblem } from "../writers/unknown-deployer-problem.ts";
import type { Comparison } from "./compare-with-live.ts";
import { declaredOutsideSources } from "./declared-outside-sources.ts";
import { emptyNamespaces } from "./empty-namespaces.ts";
import { emptyPaths } from "./empty-paths.ts";
import { problemsWithin } from "./scope.ts";
import { terminatingIngresses } from "./terminating-ingresses.ts";

/** What there is to say of the inputs: the inputs themselves first, then what is odd about them together. */
export async function gatheredProblems(
  { desired, live, plan, compared }: Comparison,
  ports: AuditPorts,
  found: {
    readonly trail: AuditTrailContent | null;
    readonly hidden: readonly Problem[];
    readonly deployer: UnknownDeployer | null;
  },
): Promise<readonly Problem[]> {
  const { request } = plan;
  return [
    ...problemsWithin(desired.problems, live.namespaces),
    ...live.problems,
    ...(found.trail?.problems ?? []),
    ...found.hidden,
    ...plan.problems,
    ...(await declaredOutsideSources(request, ports, request.commit, compared, plan.isInput)),
    ...terminatingIngresses(compared),
    ...(await emptyPaths(request, ports.git, desired)),
    ...emptyNamespaces(live, desired),
    ...(found.deployer === null ? [] : [unknownDeployerProblem(found.deployer)]),
  ];
}
