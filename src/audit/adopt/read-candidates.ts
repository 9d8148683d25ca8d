import { certainOwners, fieldManagerEntries } from "../../attribute/managed-fields.ts";
import { AuditError } from "../../model/audit-error.ts";
import type { ComparedIngress, Divergence } from "../../model/divergence.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { Problem } from "../../model/problem.ts";
import type { ReportedDivergence } from "../../report/audit-report.ts";
import { attributeWhole } from "../attributed/attribute-all.ts";
import type { AttributedIngress } from "../audit-outcome.ts";
import type { AuditPorts, AuditRequest } from "../audit-request.ts";
import { gather } from "../gather/gather.ts";
import type { Gathered } from "../gather/gathered.ts";
import { reportedDivergence } from "../reporting/build-report.ts";
import { namedCommits } from "../reporting/named-commits.ts";
import type { Candidate } from "./choose-divergences.ts";

/** One Ingress, with all that differs of it and who is behind it. */
export interface DriftedIngress {
  readonly gathered: Gathered;
  readonly compared: ComparedIngress;
  readonly candidates: readonly Candidate[];
  /** As reports tell it. */
  readonly tell: (divergence: Divergence) => ReportedDivergence;
}

/** @throws {AuditError} `ingress-not-found`, `ingress-unreadable`. */
export async function readDriftedIngress(
  request: AuditRequest,
  ports: AuditPorts,
  id: IngressId,
): Promise<DriftedIngress> {
  const key = ingressKey(id);
  const isWanted = (compared: ComparedIngress) => ingressKey(compared.id) === key;
  const gathered = await gather(request, ports, (each) => isWanted(each) && each.divergences.length > 0);
  const compared = gathered.compared.find(isWanted);
  if (compared === undefined) throw unknown(key, gathered);
  const { attributed } = await attributeWhole(gathered, [compared], [], "low");
  const named = await namedCommits(attributed, ports.git, gathered.commit);
  const [ingress] = named.ingresses;
  if (ingress === undefined) throw new RangeError("Nothing was attributed");
  return {
    gathered,
    compared,
    candidates: [...candidatesOf(ingress, request), ...expectedOf(compared)],
    tell: (divergence) => {
      const own = ingress.divergences.find((each) => each.divergence === divergence);
      return reportedDivergence(ingress, own ?? { divergence, attribution: EXPECTED }, named.commits);
    },
  };
}

const EXPECTED = {
  verdict: "controller",
  evidence: "none",
  reason: "A rule expects the difference.",
  commits: [],
  ref: null,
  conflict: [],
  matchesCommit: null,
  actor: null,
  rule: null,
} as const;

function candidatesOf({ compared, divergences }: AttributedIngress, { ignore }: AuditRequest): Candidate[] {
  const managers = compared.live === null ? [] : fieldManagerEntries(compared.live.object);
  return divergences.map(({ divergence, attribution }) => {
    const isWrittenBy = (isManager: (manager: string) => boolean) =>
      certainOwners(managers, divergence.field, isManager).length > 0;
    const rule = ignore.find((each) => each.covers({ id: compared.id, divergence, isWrittenBy }));
    return { divergence, attribution, ignoredBy: rule?.name ?? null };
  });
}

function expectedOf({ recognised }: ComparedIngress): Candidate[] {
  return recognised.map(({ rule, divergence }) => ({ divergence, attribution: null, ignoredBy: rule }));
}

function unknown(key: string, { hidden, elsewhere, ofOthers, problems, live }: Gathered): AuditError {
  const errors = problems.filter(({ level }) => level === "error");
  const own = errors.filter(({ ingress }) => ingress !== undefined && ingressKey(ingress) === key);
  if (own.length > 0 || hidden.some((id) => ingressKey(id) === key)) {
    const [first, ...more] = own.length > 0 ? own : errors;
    return new AuditError({
      code: "ingress-unreadable",
      what: `${key} cannot be compared: ${first?.message ?? "an input that may declare it cannot be read"}`,
      where:
        first === undefined
          ? {}
          : { file: placeOf(first), ...(more.length === 0 ? {} : { further: more.length }) },
      mend: first?.remedy ?? "Mend the problems that ingress-audit audit tells of.",
    });
  }
  if (ofOthers?.some((id) => ingressKey(id) === key) === true) return ofAnotherRepository(key, live.cluster);
  const isElsewhere = elsewhere.some((id) => ingressKey(id) === key);
  return new AuditError({
    code: "ingress-not-found",
    what: isElsewhere
      ? `${key} is declared outside the audited paths`
      : `Neither Git nor the cluster has an Ingress ${key}`,
    where: { cluster: live.cluster ?? "" },
    mend: "Name one as NAMESPACE/NAME; ingress-audit audit lists them.",
  });
}

function ofAnotherRepository(key: string, cluster: string | null): AuditError {
  return new AuditError({
    code: "ingress-not-found",
    what: `${key} is declared by another repository of the configuration`,
    where: { cluster: cluster ?? "" },
    mend: "ingress-audit audit tells which; run this in a checkout of that repository (--repo).",
  });
}

function placeOf({ path, line }: Problem): string {
  return line === null ? path : `${path}:${line}`;
}
