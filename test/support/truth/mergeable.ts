import type { Branch } from "./git-life.ts";
import { type IngressModel, mergeModels } from "./ingress-model.ts";

/**
 * Whether main could take in all branches without a conflict, and every Ingress would still be one that the API
 * server takes.
 *
 * @param key Look at this Ingress only.
 */
export function staysMergeable(main: Branch, branches: readonly Branch[], key?: string): boolean {
  const keys =
    key === undefined
      ? new Set(branches.flatMap(({ base, state }) => [...base.models.keys(), ...state.models.keys()]))
      : [key];
  for (const each of keys) {
    const all = joined(main, branches, each);
    const alone = branches.map((branch) => joined(main, [branch], each));
    if (
      [all, ...alone].some((result) => result === "conflict" || (result !== undefined && !isWhole(result)))
    ) {
      return false;
    }
  }
  return true;
}

/** Whether every entry that needs a member has one. */
export function isWhole({ rules, tls, defaultBackend }: IngressModel): boolean {
  const entries = [...Object.values(rules), ...Object.values(tls)];
  const hasBackend = defaultBackend.service === undefined || defaultBackend.port !== undefined;
  const areBackends = Object.values(rules)
    .flatMap((paths) => Object.values(paths))
    .every(({ service, port }) => service !== undefined && port !== undefined);
  return (
    Object.keys(rules).length > 0 &&
    entries.every((entry) => Object.keys(entry).length > 0) &&
    hasBackend &&
    areBackends
  );
}

function joined(
  main: Branch,
  branches: readonly Branch[],
  key: string,
): IngressModel | "conflict" | undefined {
  try {
    return branches.reduce<IngressModel | undefined>(
      (model, { base, state }) => mergeModels(base.models.get(key), model, state.models.get(key)),
      main.state.models.get(key),
    );
  } catch {
    return "conflict";
  }
}
