import type { Readable } from "node:stream";
import type { GithubContext } from "./github/github-context.ts";

/** What the run has around it. */
export interface Surroundings {
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly stdin: Readable;
  readonly progress: (what: string) => void;
  /** Where GitHub is, in a workflow; github.com and `origin` without. */
  readonly github?: GithubContext;
}
