import type { ClusterWrite } from "../../../../src/model/cluster-write.ts";
import type { Json } from "../../../../src/model/json.ts";
import type { Content } from "./simulated-ingress.ts";

interface Entry {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  readonly subresource: string;
  readonly time: string;
  readonly units: ReadonlySet<string>;
}

/** managedFields, by the units that the server tells apart: annotations one by one, the class, the rules as one. */
export class OwnedUnits {
  readonly #entries: readonly Entry[];

  constructor(entries: readonly Entry[] = []) {
    this.#entries = entries;
  }

  /** Ownership after a write; the entries' times move only where a value or the applied set changed. */
  after(
    client: { readonly manager: string },
    write: Pick<ClusterWrite, "verb" | "isApply" | "subresource">,
    before: Content | null,
    content: Content,
    now: string,
    applied?: Content,
  ): OwnedUnits {
    const { changed, removed } = difference(before, content);
    const key = {
      manager: client.manager,
      operation: write.isApply ? ("Apply" as const) : ("Update" as const),
      subresource: write.subresource ?? "",
    };
    const own = this.#entries.find((entry) => isKeyOf(key, entry));
    const others = this.#entries
      .filter((entry) => entry !== own)
      .map((entry) => ({ ...entry, units: without(entry.units, [...changed, ...removed]) }));
    const sent = write.verb === "create" && applied !== undefined ? unitsOf(applied) : changed;
    const gained = write.verb === "create" ? sent.intersection(changed) : changed;
    const units = write.isApply
      ? unitsOf(applied ?? content)
      : without(own?.units ?? new Set<string>(), [...removed]).union(gained);
    const isMoved = write.isApply
      ? changed.size > 0 || removed.size > 0 || !sameUnits(units, own?.units)
      : gained.size > 0;
    const time = isMoved || own === undefined ? `${now.slice(0, 19)}Z` : own.time;
    return new OwnedUnits([...others, { ...key, units, time }].filter((entry) => entry.units.size > 0));
  }

  /** What an apply of `content` makes of `current`: it sets what it sends, and drops what only it had set before. */
  applied(manager: string, current: Content, content: Content): Content {
    const own = this.#entries.find((entry) =>
      isKeyOf({ manager, operation: "Apply", subresource: "" }, entry),
    );
    const others = this.#entries.filter((entry) => entry !== own);
    const isDropped = (unit: string) =>
      own?.units.has(unit) === true &&
      !unitsOf(content).has(unit) &&
      !others.some((entry) => entry.units.has(unit));
    const kept = Object.entries(current.annotations).filter(([name]) => !isDropped(`annotation ${name}`));
    return {
      annotations: { ...Object.fromEntries(kept), ...content.annotations },
      ingressClassName: content.ingressClassName ?? (isDropped("class") ? null : current.ingressClassName),
      rules: content.rules.length > 0 ? content.rules : isDropped("rules") ? [] : current.rules,
      status: current.status,
    };
  }

  equals(other: OwnedUnits): boolean {
    return JSON.stringify(this.managedFields()) === JSON.stringify(other.managedFields());
  }

  managedFields(): readonly Json[] {
    return this.#entries
      .toSorted((left, right) => keyText(left).localeCompare(keyText(right)))
      .map(({ manager, operation, subresource, time, units }) => ({
        manager,
        operation,
        time,
        fieldsType: "FieldsV1",
        fieldsV1: fieldsOf(units),
        ...(subresource === "" ? {} : { subresource }),
      }));
  }
}

function fieldsOf(units: ReadonlySet<string>): Json {
  const annotations = [...units].filter((unit) => unit.startsWith("annotation "));
  const owned = annotations.toSorted().map((unit) => [`f:${unit.slice("annotation ".length)}`, {}]);
  return {
    ...(owned.length === 0 ? {} : { "f:metadata": { "f:annotations": Object.fromEntries(owned) } }),
    ...(units.has("class") || units.has("rules") ? { "f:spec": specFields(units) } : {}),
    ...(units.has("status") ? { "f:status": { "f:loadBalancer": {} } } : {}),
  };
}

function specFields(units: ReadonlySet<string>): Json {
  return {
    ...(units.has("class") ? { "f:ingressClassName": {} } : {}),
    ...(units.has("rules") ? { "f:rules": {} } : {}),
  };
}

function unitsOf(content: Content): Set<string> {
  return new Set(values(content).keys());
}

function values({ annotations, ingressClassName, rules, status }: Content): Map<string, string> {
  const units = new Map(Object.entries(annotations).map(([name, value]) => [`annotation ${name}`, value]));
  if (ingressClassName !== null) units.set("class", ingressClassName);
  if (rules.length > 0) units.set("rules", JSON.stringify(rules));
  if (status !== "") units.set("status", status);
  return units;
}

function difference(before: Content | null, after: Content) {
  const [old, next] = [before === null ? new Map<string, string>() : values(before), values(after)];
  return {
    changed: new Set([...next].filter(([unit, value]) => old.get(unit) !== value).map(([unit]) => unit)),
    removed: new Set([...old.keys()].filter((unit) => !next.has(unit))),
  };
}

function without(units: ReadonlySet<string>, gone: readonly string[]): Set<string> {
  return new Set([...units].filter((unit) => !gone.includes(unit)));
}

function sameUnits(left: ReadonlySet<string>, right: ReadonlySet<string> | undefined): boolean {
  return right !== undefined && left.symmetricDifference(right).size === 0;
}

function keyText(entry: Pick<Entry, "manager" | "operation" | "subresource">): string {
  return [entry.manager, entry.operation, entry.subresource].join(" ");
}

function isKeyOf(key: Pick<Entry, "manager" | "operation" | "subresource">, entry: Entry): boolean {
  return keyText(key) === keyText(entry);
}
