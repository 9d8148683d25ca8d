import type { Probe } from "./field-tree.ts";
import type { IngressModel } from "./ingress-model.ts";

/** One write that the API server carried out, as the one who made it knows it. */
export interface TrueWrite {
  /** Milliseconds since the epoch, before and after the request. */
  readonly from: number;
  readonly to: number;
  readonly role: "deployer" | "hand" | "controller";
  readonly user: string;
  readonly impersonatedBy: string | null;
  /** The fieldManager that the server knows the client by, and whether it stated all that it owns, as an apply does. */
  readonly fieldManager: string;
  readonly isApply: boolean;
  /** How it was made, for people. */
  readonly via: string;
  /** The deployer's: the commit that it applied, and what that declares; null for a prune and for others. */
  readonly deployed: { readonly commit: number; readonly model: IngressModel | undefined } | null;
  readonly before: IngressModel | undefined;
  readonly after: IngressModel | undefined;
}

/** The simulation's full knowledge of the cluster: every write to each Ingress, and what is there now. */
export class ClusterRecord {
  readonly #writes = new Map<string, TrueWrite[]>();
  /** Ingresses whose class has an owner in managedFields, as the server says. */
  readonly ownedClasses = new Set<string>();
  /** By `namespace/name`. */
  readonly live = new Map<string, IngressModel>();

  add(key: string, write: TrueWrite): void {
    const writes = this.#writes.get(key);
    if (writes === undefined) this.#writes.set(key, [write]);
    else writes.push(write);
    if (write.after === undefined) this.live.delete(key);
    else this.live.set(key, write.after);
  }

  /** Sorted: writes made side by side come in any order, and the story must not depend on it. */
  liveKeys(): string[] {
    return [...this.live.keys()].sort();
  }

  /** Also of Ingresses that are gone. */
  writtenKeys(): string[] {
    return [...this.#writes.keys()].sort();
  }

  writes(key: string): readonly TrueWrite[] {
    return this.#writes.get(key) ?? [];
  }

  /** The last write that gave the field the value that it has, and its position. */
  lastChange(key: string, probe: Probe): number | null {
    const written = probe.written ?? probe.text;
    const index = this.writes(key).findLastIndex(({ before, after }) => written(before) !== written(after));
    return index < 0 ? null : index;
  }

  /** @param by The one pipeline that is asked for; any unless given. */
  lastDeployment(key: string, by?: string): TrueWrite | null {
    const isOf = ({ deployed, user }: TrueWrite) => deployed !== null && (by === undefined || user === by);
    return this.writes(key).findLast(isOf) ?? null;
  }

  /** Whether a pipeline has deployed the object that is there. */
  hasDeployed(key: string, by: string): boolean {
    const writes = this.writes(key);
    const creation = Math.max(
      writes.findLastIndex(({ before }) => before === undefined),
      0,
    );
    return writes.slice(creation).some(({ deployed, user }) => user === by && deployed?.model !== undefined);
  }
}
