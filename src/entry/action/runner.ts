import type { Annotation } from "../../report/annotations.ts";
import type { Environment } from "../assembly/github/github-context.ts";

/** What a workflow's runner offers to a step. */
export interface Runner {
  readonly env: Environment;
  /** As the workflow gives it, else action.yml's default, else "". */
  readonly input: (name: string) => string;
  readonly output: (name: string, value: string) => void;
  /** From now on the log shows *** instead. */
  readonly mask: (secret: string) => void;
  /** One line of the log. */
  readonly log: (line: string) => void;
  readonly annotate: (annotation: Annotation) => void;
  /** Markdown for the run's page; GitHub takes 1 MiB a step. */
  readonly summarize: (markdown: string) => Promise<void>;
  /** The step fails, and this is why. */
  readonly fail: (title: string, message: string) => void;
}
