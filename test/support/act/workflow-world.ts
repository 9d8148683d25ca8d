import { readFile } from "node:fs/promises";
import path from "node:path";
import type { JsonObject } from "../../../src/model/json.ts";
import type { TestUser } from "../cluster/access.ts";
import { startCluster } from "../cluster/start-cluster.ts";
import type { TestCluster } from "../cluster/test-cluster.ts";
import type { GitHubServer } from "../github/github-server.ts";
import { type GitHubOptions, startGitHub } from "../github/start-github.ts";
import type { RepositoryBuilder, TestRepository } from "../repository/build-repository.ts";
import { cloneRepository } from "../repository/shallow-clone.ts";
import { type BuiltAction, buildAction } from "./build-action.ts";
import { runWorkflow, type WorkflowInput, type WorkflowResult } from "./run-workflow.ts";

const EXAMPLES = path.resolve(import.meta.dirname, "../../../examples/workflows");
const STAND_INS = path.join(import.meta.dirname, "stand-ins");
/** What the examples call this Action. */
const ACTION = "ingress-audit/ingress-audit@v1";

export interface RunInput {
  /** A file of examples/workflows. */
  readonly example: string;
  readonly event: string;
  readonly payload?: JsonObject;
  /** What is checked out; `main` unless given. */
  readonly ref?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** For a story that the example does not tell: what becomes of its text. */
  readonly change?: (text: string) => string;
}

/** Everything that a workflow meets: a repository at GitHub, a cluster, and the Action as it would be released. */
export class WorkflowWorld implements AsyncDisposable {
  readonly cluster: TestCluster;
  readonly github: GitHubServer;
  /** The repository at GitHub, bare. */
  readonly origin: TestRepository;
  readonly action: BuiltAction;
  /** Runs are numbered in their order, as GitHub does. */
  #runs = 0;

  static async start(
    history: RepositoryBuilder,
    {
      users = [],
      ...repository
    }: Partial<GitHubOptions["repositories"][number]> & Pick<GitHubOptions, "users"> = {},
  ): Promise<WorkflowWorld> {
    const [action, cluster, origin] = await Promise.all([
      buildAction(),
      startCluster(),
      history.write({ bare: true }),
    ]);
    const github = await startGitHub({
      users,
      repositories: [{ fullName: "acme/shop", gitDir: origin.dir, ...repository }],
    });
    return new WorkflowWorld({ action, cluster, origin, github });
  }

  constructor({
    action,
    cluster,
    origin,
    github,
  }: Pick<WorkflowWorld, "action" | "cluster" | "origin" | "github">) {
    this.action = action;
    this.cluster = cluster;
    this.origin = origin;
    this.github = github;
  }

  /** Run an example in a fresh clone, as GitHub would for an event. */
  async run(input: RunInput): Promise<WorkflowResult> {
    this.#runs += 1;
    const run = this.#runs;
    using clone = await this.#clone(input.ref ?? "main");
    const example = await readFile(path.join(EXAMPLES, input.example), "utf8");
    return await runWorkflow({
      workflow: { name: input.example, text: input.change?.(example) ?? example },
      event: input.event,
      payload: {
        repository: { full_name: "acme/shop", default_branch: "main" },
        ...(input.payload as object),
      },
      clone: clone.dir,
      actions: this.#actions(),
      secrets: { GITHUB_TOKEN: this.github.tokens.actions, ...(await this.#kubeconfigs()), ...input.secrets },
      vars: { AUDIT_LOG: this.cluster.auditLogPath, ...input.vars },
      env: {
        GITHUB_API_URL: this.github.url,
        GITHUB_GRAPHQL_URL: this.github.graphqlUrl,
        GITHUB_RUN_ID: String(run),
        ...input.env,
      },
      programs: [path.dirname(this.cluster.kubectlPath)],
      args: input.args ?? [],
    });
  }

  /** What GitHub sends with an event of a pull request: the pull request as it is now. */
  async pullRequestPayload(number: number, action: string): Promise<JsonObject> {
    const answer = await fetch(`${this.github.url}/repos/acme/shop/pulls/${number}`, {
      headers: { authorization: `Bearer ${this.github.tokens.actions}` },
    });
    const pull_request = (await answer.json()) as JsonObject;
    return { action, number, pull_request };
  }

  /** The text of one, as a secret holds it. */
  async kubeconfig(user: TestUser): Promise<string> {
    return await readFile(this.cluster.kubeconfig(user), "utf8");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.origin.remove();
    await Promise.all([this.cluster.stop(), this.action[Symbol.asyncDispose]()]);
    await this.github.stop();
  }

  /** As actions/checkout leaves it, with every branch, and the ref that is asked for checked out. */
  async #clone(ref: string) {
    const clone = await cloneRepository(this.origin.dir);
    await clone.git("remote", "set-url", "origin", "https://github.com/acme/shop.git");
    if (ref.startsWith("refs/")) {
      await clone.git("fetch", "--quiet", this.origin.dir, ref);
      await clone.git("checkout", "--quiet", "--detach", "FETCH_HEAD");
      return clone;
    }
    const isBranch = (await clone.git("branch", "--list", "--remotes", `origin/${ref}`)).trim() !== "";
    await clone.git("checkout", "--quiet", ...(isBranch ? ["-B", ref, `origin/${ref}`] : ["--detach", ref]));
    return clone;
  }

  #actions(): WorkflowInput["actions"] {
    return {
      [ACTION]: this.action.folder,
      "github/codeql-action@v4": path.join(STAND_INS, "codeql-action"),
      "actions/upload-artifact@v4": path.join(STAND_INS, "upload-artifact"),
      "actions/download-artifact@v5": path.join(STAND_INS, "download-artifact"),
    };
  }

  async #kubeconfigs(): Promise<Record<string, string>> {
    return {
      KUBECONFIG: await this.kubeconfig("auditor"),
      DEPLOYER_KUBECONFIG: await this.kubeconfig("ci-deployer"),
    };
  }
}
