import { given } from "../assembly/given.ts";
import type { SourceOptions } from "../assembly/source-options.ts";

/** Of a command that takes several clusters at once. */
export interface SeveralOptions extends Omit<SourceOptions, "cluster" | "snapshot"> {
  readonly cluster?: readonly string[];
  readonly allClusters?: boolean;
  readonly snapshot?: readonly string[];
}

/** The options as they are understood before it is known how many clusters there are, of several, and of one. */
export function severalOptions<Options extends SeveralOptions>(options: Options) {
  const { cluster: clusters = [], snapshot: snapshots = [], ...common } = options;
  return {
    common,
    several: { ...common, clusters, snapshots },
    // Of options that are given again, the last one counts; of snapshots, the last one of the cluster.
    one: { ...common, ...given({ cluster: clusters.at(-1), snapshot: snapshots.at(-1) }), snapshots },
  };
}
