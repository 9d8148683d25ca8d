import { type IngressId, ingressKey } from "../../model/ingress.ts";
import type { Gathered } from "../gather/gathered.ts";
import type { MemberAudit } from "./member-audit.ts";

/**
 * A live Ingress that no repository declares is told of once: in the report of the first repository whose history ever
 * held it, which can name who removed it, else in the first repository's. One that a repository may declare, because it
 * could not be read whole, is told of by that one alone.
 */
export async function shareUndeclared(audits: readonly MemberAudit[]): Promise<readonly MemberAudit[]> {
  const read = audits.flatMap((audit) => (audit.kind === "gathered" ? [audit] : []));
  if (read.length < 2) return audits;
  const tellers = new Map<string, MemberAudit>();
  for (const key of new Set(read.flatMap(({ gathered }) => extrasOf(gathered).map(ingressKey)))) {
    const hiding = read.find(({ gathered }) => gathered.hidden.some((id) => ingressKey(id) === key));
    const holding = hiding ?? (await firstThatHeld(read, key));
    tellers.set(key, holding ?? (read[0] as MemberAudit));
  }
  return audits.map((audit) =>
    audit.kind === "failed"
      ? audit
      : { ...audit, gathered: withoutExtras(audit.gathered, (id) => tellers.get(ingressKey(id)) !== audit) },
  );
}

type Read = MemberAudit & { readonly kind: "gathered" };

function extrasOf({ compared }: Gathered): readonly IngressId[] {
  return compared.filter(({ state }) => state === "extra").map(({ id }) => id);
}

async function firstThatHeld(read: readonly Read[], key: string): Promise<Read | null> {
  for (const audit of read) {
    const id = extrasOf(audit.gathered).find((each) => ingressKey(each) === key);
    if (id !== undefined && (await hasHeld(audit.gathered, id))) return audit;
  }
  return null;
}

/** On any ref that the history covers. Versions of rendered sources are rendered before they are believed. */
async function hasHeld({ context, renderAsked }: Gathered, id: IngressId): Promise<boolean> {
  const holds = () => context?.versions.of(id).some(({ state }) => state.kind === "present") ?? false;
  let held = holds();
  while (!held && (await renderAsked())) held = holds();
  return held;
}

function withoutExtras(gathered: Gathered, isOthers: (id: IngressId) => boolean): Gathered {
  const left = extrasOf(gathered).filter(isOthers);
  const keys = new Set(left.map(ingressKey));
  return {
    ...gathered,
    compared: gathered.compared.filter(({ id }) => !keys.has(ingressKey(id))),
    ofOthers: [...(gathered.ofOthers ?? []), ...left],
    problems: gathered.problems.filter(
      ({ ingress }) => ingress === undefined || !keys.has(ingressKey(ingress)),
    ),
  };
}
