import { AuditError } from "../../model/audit-error.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import type { OtherRepository } from "../../ports/source-discovery.ts";
import type { Neighbour, NeighbourDeclared } from "../desired/neighbour.ts";
import { type Declared, readDeclared, snapshotOf } from "../desired/read-declared.ts";
import { hiddenByUnreadable } from "../gather/unreadable-files.ts";
import { readHistoryOf } from "../history/read-history-of.ts";
import { headTree } from "../rendered/render-sources.ts";
import { ofUnrendered } from "../rendered/unrendered-ingresses.ts";
import type { Member, OpenMember } from "./fleet.ts";

/** A member that is opened once, and whose declarations are read once for each reading of the cluster. */
export interface KnownMember extends Member {
  readonly declared: (live: LiveSnapshot) => Promise<Declared>;
  /** The same as the other members see it. */
  readonly neighbour: Neighbour;
}

/** All members of a cluster: each knows the others. */
export function knownMembers(members: readonly Member[]): readonly KnownMember[] {
  const known: KnownMember[] = [];
  for (const member of members) known.push(knownMember(member, () => neighboursOf(member.repository, known)));
  return known;
}

/** How the other members look to one of them. */
export function neighboursOf(repository: string, members: readonly KnownMember[]): readonly Neighbour[] {
  return members.filter((other) => other.repository !== repository).map(({ neighbour }) => neighbour);
}

/** @param neighbours The other members, by then. */
function knownMember(member: Member, neighbours: () => readonly Neighbour[]): KnownMember {
  let opened: Promise<OpenMember> | null = null;
  const open = () => {
    opened ??= member.open();
    return opened;
  };
  const known = new WeakMap<LiveSnapshot, Promise<Declared>>();
  const declared = (live: LiveSnapshot) => {
    const read = known.get(live) ?? readMember(open, neighbours(), live);
    known.set(live, read);
    return read;
  };
  let listed: Promise<OtherRepository> | null = null;
  const files = () => {
    listed ??= listFiles(open);
    return listed;
  };
  return {
    repository: member.repository,
    open,
    declared,
    neighbour: {
      name: member.repository,
      files: () => files().catch(unlessUnreadable(() => null)),
      declared: (live) =>
        seenByOthers(open, declared, live).catch(
          unlessUnreadable(({ what, mend }) => ({ kind: "unreadable" as const, what, mend })),
        ),
    },
  };
}

async function listFiles(open: () => Promise<OpenMember>): Promise<OtherRepository> {
  const { request, ports } = await open();
  return { tree: await headTree(ports.git, snapshotOf(request)), remotes: await ports.git.remoteUrls() };
}

async function readMember(
  open: () => Promise<OpenMember>,
  neighbours: readonly Neighbour[],
  live: LiveSnapshot,
): Promise<Declared> {
  const { request, ports } = await open();
  return await readDeclared(request, { ...ports, neighbours }, live);
}

async function seenByOthers(
  open: () => Promise<OpenMember>,
  declared: (live: LiveSnapshot) => Promise<Declared>,
  live: LiveSnapshot,
): Promise<NeighbourDeclared> {
  const { request, ports } = await open();
  const { plan, desired } = await declared(live);
  return {
    kind: "read",
    ingresses: desired.ingresses,
    problems: desired.problems.filter(({ level }) => level === "error"),
    hides: async (extras) => {
      const unrendered = ofUnrendered(extras, plan.unrendered).hidden;
      if (extras.length === 0 || desired.problems.every(({ level }) => level === "warning"))
        return unrendered;
      const history = await readHistoryOf(plan.request, ports, {
        commit: request.commit,
        applied: { of: () => null, commits: [], common: null },
        desired,
        rendered: plan.rendered,
        wanted: extras,
      });
      return [...unrendered, ...(await hiddenByUnreadable(ports.git, extras, desired, history))];
    },
  };
}

/** @throws whatever is no AuditError: nobody foresaw it. */
function unlessUnreadable<Answer>(answer: (error: AuditError) => Answer): (error: unknown) => Answer {
  return (error) => {
    if (error instanceof AuditError) return answer(error);
    throw error;
  };
}
