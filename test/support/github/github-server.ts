import type { Server } from "node:http";
import type { Faults } from "./http/faults.ts";
import type { Parts } from "./http/handle-request.ts";
import type { RateLimit } from "./http/rate-limit.ts";
import type { RecordedRequest } from "./http/request-log.ts";
import { STANDARD_TOKENS } from "./standard-tokens.ts";
import { addPull, type PullInput } from "./state/add-pull.ts";
import type { Permissions } from "./state/caller.ts";
import type { Comment, Issue, Repository } from "./state/repository.ts";
import type { Lag, Lists } from "./state/world.ts";

/** A running server: where it is, what it holds, and what shall go wrong. Goes with `await using`. */
export class GitHubServer {
  readonly url: string;
  readonly graphqlUrl: string;
  readonly tokens = STANDARD_TOKENS;
  /** What goes wrong with the next requests. */
  readonly faults: Faults;
  readonly rateLimit: RateLimit;
  /** How long lists and searches stay behind what was written. */
  readonly lag: Lag;
  readonly lists: Lists;
  readonly #parts: Parts;
  readonly #server: Server;

  constructor(parts: Parts, server: Server) {
    this.#parts = parts;
    this.#server = server;
    this.url = parts.world.apiUrl;
    this.graphqlUrl =
      parts.prefix === "" ? `${this.url}/graphql` : this.url.replace(parts.prefix, "/api/graphql");
    this.faults = parts.faults;
    this.rateLimit = parts.rateLimit;
    this.lag = parts.world.lag;
    this.lists = parts.world.lists;
  }

  /** Every request so far, those that failed too. */
  get requests(): readonly RecordedRequest[] {
    return this.#parts.log.requests;
  }

  /** How often an operation (`issues/create-comment`) was asked for. */
  count(operation: string): number {
    return this.requests.filter((request) => request.operation === operation).length;
  }

  /** The state itself; the first repository unless named. A test may change it, as people do on GitHub's pages. */
  repository(fullName?: string): Repository {
    const { world } = this.#parts;
    const found = fullName === undefined ? [...world.repositories.values()][0] : world.repository(fullName);
    if (found === undefined) throw new Error(`The GitHub server has no repository ${fullName ?? ""}`);
    return found;
  }

  /** The issues without the pull requests, by number. */
  issues(fullName?: string): readonly Issue[] {
    return [...this.repository(fullName).issues.values()].filter(({ pull }) => pull === undefined);
  }

  /** The comments of an issue or a pull request, oldest first. */
  comments(number: number, fullName?: string): readonly Comment[] {
    return [...this.repository(fullName).comments.values()].filter(({ issue }) => issue === number);
  }

  addPull(input: PullInput, fullName?: string): Promise<Issue> {
    return addPull(this.#parts.world, this.repository(fullName), input);
  }

  /** Put an artifact there, as a workflow run's upload would. */
  addArtifact(input: {
    readonly name: string;
    readonly runId: number;
    readonly headSha: string;
    readonly zip: Buffer;
  }) {
    const { world } = this.#parts;
    const repository = this.repository();
    const artifact = {
      ...input,
      id: world.nextId(),
      headBranch: "main",
      createdAt: world.now(),
      expired: false,
    };
    repository.artifacts.set(artifact.id, artifact);
    return artifact;
  }

  /** A token of a person, or of a bot its installation's, with just these permissions. */
  token(login: string, permissions: Permissions, repositories: readonly string[] | null = null): string {
    const { world } = this.#parts;
    const user = world.users.get(login);
    const kind = user.type === "Bot" ? "installation" : "personal";
    const value = `${kind === "personal" ? "github_pat" : "ghs"}_${world.nextUuid()}`;
    world.tokens.set(value, { value, user, kind, permissions, repositories });
    return value;
  }

  /** A GitHub App with its public key (PEM), installed on the repositories with these permissions. */
  addApp(input: {
    readonly id: number;
    readonly slug: string;
    readonly publicKey: string;
    readonly permissions: Permissions;
    readonly repositories: readonly string[];
  }): void {
    const { world } = this.#parts;
    const { id, slug, publicKey, permissions, repositories } = input;
    const user = world.users.add(world.nextId(), { login: `${slug}[bot]` });
    world.apps.add({
      id,
      slug,
      user,
      publicKey,
      installation: { id: world.nextId(), permissions, repositories },
    });
  }

  /** What GitHub's description does not allow, so far; whoever looks expects it, and `stop` lets it be. */
  takeViolations(): readonly string[] {
    return this.#parts.log.takeViolations();
  }

  /** @throws {Error} with everything that was not as GitHub describes it. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    const violations = this.takeViolations();
    if (violations.length > 0) throw new Error(`Not as GitHub describes it:\n${violations.join("\n")}`);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
