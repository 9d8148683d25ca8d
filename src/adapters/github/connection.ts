import type { Octokit } from "@octokit/rest";
import * as z from "zod";
import { abortable } from "./abortable.ts";
import { forgeError, type Place } from "./forge-error.ts";
import type { ForgePace } from "./forge-options.ts";
import { type GraphqlAnswer, readGraphql } from "./graphql-answer.ts";
import type { Operation } from "./operation.ts";
import { readAnswer } from "./read-answer.ts";

/** What every request on the repository has; spread into an operation's parameters. */
export interface Common {
  readonly owner: string;
  readonly repo: string;
  readonly request: { readonly signal: AbortSignal };
}

export interface Clients {
  readonly rest: Octokit;
  /** Sends queries only, and so needs no gap between them. */
  readonly graphql: Octokit;
  readonly graphqlUrl: string;
}

type Request = (octokit: Octokit, common: Common) => Promise<{ readonly data: unknown }>;
type Pages = (octokit: Octokit, common: Common) => AsyncIterable<{ readonly data: unknown }>;

/** One repository of a forge: sends, checks what comes back, and says in one place what went wrong. */
export class Connection {
  readonly repository: { readonly owner: string; readonly name: string };
  readonly pace: ForgePace;
  readonly log: (message: string) => void;
  readonly #clients: Clients;
  readonly #place: Place;

  constructor(clients: Clients, place: Place, pace: ForgePace, log: (message: string) => void) {
    const [owner = "", name = ""] = place.repository.split("/");
    this.repository = { owner, name };
    this.pace = pace;
    this.log = log;
    this.#clients = clients;
    this.#place = place;
  }

  /** @throws {AuditError} `forge-…`. */
  async send<Schema extends z.ZodType>(
    operation: Operation,
    schema: Schema,
    signal: AbortSignal,
    request: Request,
  ): Promise<z.output<Schema>> {
    return this.#explained(operation, signal, async () => {
      const { data } = await request(this.#clients.rest, this.#common(signal));
      return readAnswer(schema, data);
    });
  }

  /** All pages of a list, in order. @throws {AuditError} `forge-…`. */
  async list<Schema extends z.ZodType>(
    operation: Operation,
    item: Schema,
    signal: AbortSignal,
    pages: Pages,
  ): Promise<readonly z.output<Schema>[]> {
    const page = z.array(item);
    return this.#explained(operation, signal, async () => {
      const found: z.output<Schema>[] = [];
      for await (const { data } of pages(this.#clients.rest, this.#common(signal))) {
        found.push(...readAnswer(page, data));
      }
      return found;
    });
  }

  /**
   * Ask by GraphQL. What is not there is null in the data.
   *
   * @param query Reads only; it has the variables `$owner` and `$name` where it declares them.
   * @param optional Fields that may be withheld: they are null then, and what GitHub says of them is returned.
   * @throws {AuditError} `forge-…`, where anything else could not be answered.
   */
  async query<Schema extends z.ZodType>(
    operation: Operation,
    schema: Schema,
    signal: AbortSignal,
    query: string,
    optional: readonly string[] = [],
  ): Promise<GraphqlAnswer<z.output<Schema>>> {
    return this.#explained(operation, signal, async () => {
      const { graphql, graphqlUrl } = this.#clients;
      const body = { query, variables: this.repository };
      const answer = await graphql.request(`POST ${graphqlUrl}`, { ...body, request: { signal } });
      return readGraphql(schema, answer.data, optional);
    });
  }

  #common(signal: AbortSignal): Common {
    return { owner: this.repository.owner, repo: this.repository.name, request: { signal } };
  }

  async #explained<T>(operation: Operation, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await abortable(work, signal);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw forgeError(error, operation, this.#place);
    }
  }
}
