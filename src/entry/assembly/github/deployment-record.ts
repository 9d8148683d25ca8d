import { AuditError } from "../../../model/audit-error.ts";
import type { Deployments } from "../../../ports/deployments.ts";
import type { DeploymentReport } from "../../../report/deployment/deployment-report.ts";
import { describeEnding } from "../../../report/deployment/describe-deployment.ts";
import { plainText } from "../../../report/phrase.ts";
import type { Assembled } from "../assemble.ts";
import type { GithubContext } from "./github-context.ts";

/**
 * GitHub's record of one environment's deployments. A gate does its work without it: what GitHub refuses is remembered,
 * and nothing more.
 */
export class DeploymentRecord {
  readonly shortfalls: AuditError[] = [];
  readonly #assembled: Assembled;
  readonly #environment: string | null;
  readonly #runUrl: string | null;

  constructor(assembled: Assembled, environment: string | undefined, { runUrl }: GithubContext) {
    this.#assembled = assembled;
    this.#environment = environment ?? null;
    this.#runUrl = runUrl;
  }

  /** What the environment ran before this deployment; null where GitHub does not tell. */
  async latest(): Promise<string | null> {
    return await this.#attempt((deployments, environment, signal) =>
      deployments.latestCommit(environment, signal),
    );
  }

  async end(deployment: DeploymentReport): Promise<void> {
    await this.#attempt((deployments, environment, signal) =>
      deployments.record(
        {
          commit: deployment.commit,
          environment,
          state: deployment.ending === "agreed" ? "success" : "failure",
          description: plainText(describeEnding(deployment)),
          logUrl: this.#runUrl,
        },
        signal,
      ),
    );
  }

  async #attempt<Result>(
    work: (deployments: Deployments, environment: string, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result | null> {
    if (this.#environment === null) return null;
    try {
      const { deployments } = await this.#assembled.forge();
      return await work(deployments, this.#environment, this.#assembled.request.signal);
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      this.shortfalls.push(error);
      return null;
    }
  }
}
