/** How a team works, beyond what it does. */
export interface Habits {
  /** How the pipeline brings a commit to the cluster. */
  readonly deployer: "server-side apply" | "kubectl apply" | "kubectl replace";
  /** Half of the merges are made by `git pull`: what everybody had becomes the second parent. */
  readonly pulls: boolean;
  /** Some authors' clocks are hours ahead or days behind. */
  readonly wrongClocks: boolean;
}

export const ORDINARY: Habits = { deployer: "server-side apply", pulls: false, wrongClocks: false };
