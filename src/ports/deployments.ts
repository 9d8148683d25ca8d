/** What was deployed where, by the forge's own record. */
export interface Deployments {
  /**
   * The commit of the environment's newest deployment that succeeded, 40 hex digits; null where there is none, or where a
   * later one began and did not succeed: it may have been applied in part.
   */
  latestCommit(environment: string, signal: AbortSignal): Promise<string | null>;
  /**
   * Record how a deployment ended. The deployment of that commit to that environment is taken where there is one, else
   * one is created.
   *
   * @returns The deployment's number.
   */
  record(outcome: DeploymentOutcome, signal: AbortSignal): Promise<number>;
}

export interface DeploymentOutcome {
  readonly commit: string;
  readonly environment: string;
  readonly state: "success" | "failure" | "in_progress";
  /** 140 characters at most are kept. */
  readonly description: string;
  /** The run's web page. */
  readonly logUrl: string | null;
}
