import { Readable } from "node:stream";
import { type Forge, openForge } from "../../../src/adapters/github/open-forge.ts";
import {
  DRIFT_ISSUE_DEFAULTS,
  type DriftIssueOptions,
} from "../../../src/audit/drift-issues/drift-issue-options.ts";
import { type DriftIssuesResult, runDriftIssues } from "../../../src/audit/drift-issues/run-drift-issues.ts";
import { enrichCommits } from "../../../src/audit/reporting/enrich-commits.ts";
import { threadKey } from "../../../src/audit/reporting/thread-key.ts";
import { runTracedAudit } from "../../../src/audit/run-traced-audit.ts";
import { assemble } from "../../../src/entry/assembly/assemble.ts";
import { linksFor } from "../../../src/report/links.ts";
import { buildHistory } from "../cases/build-history.ts";
import { caseFile } from "../cases/case-format.ts";
import { type MaterializedCase, withMaterializedCase } from "../cases/materialize-case.ts";
import type { GitHubServer } from "../github/github-server.ts";
import { startGitHub } from "../github/start-github.ts";
import type { TestRepository } from "../repository/build-repository.ts";

/** What happens in Git and in the cluster, in the words of fixtures/cases; everything has a time. */
export interface World {
  readonly git: readonly object[];
  /** null: audits are given no log. */
  readonly log: readonly object[] | null;
}

/** One scheduled run. */
export interface ScheduledRun {
  /** When the cluster is read. */
  readonly at: string;
  /** What the cluster holds then. */
  readonly live: readonly object[];
  readonly options?: Partial<DriftIssueOptions>;
  /** Of the audit, in the words of fixtures/cases. */
  readonly audit?: object;
  /** Only these paths or namespaces, as on the command line. */
  readonly paths?: readonly string[];
  readonly namespaces?: readonly string[];
  /** The log is not at hand this time. */
  readonly withoutLog?: boolean;
  /** Another history than the story's, as after a force push. */
  readonly git?: readonly object[];
  /** Of several audits of one repository. */
  readonly commentKey?: string;
  /** Whose token; the workflow's own unless given. */
  readonly token?: string;
}

const USERS = [
  { login: "ann-lee", emails: ["ann@example.com"] },
  { login: "bochen", emails: ["bo@example.com"] },
  { login: "edge-owner" },
  { login: "stranger" },
];

/**
 * Scheduled runs over a real repository, snapshot and audit log, which keep their issues on a real GitHub server. Each run
 * sees the world as it was at its time. Goes with `await using`.
 */
export class DriftStory {
  readonly server: GitHubServer;
  readonly #world: World;
  readonly #whole: TestRepository;
  readonly #clock: { now: Date };

  constructor(server: GitHubServer, world: World, whole: TestRepository, clock: { now: Date }) {
    this.server = server;
    this.#world = world;
    this.#whole = whole;
    this.#clock = clock;
  }

  static async begin(world: World): Promise<DriftStory> {
    const whole = await buildHistory(parsed(world, "2100-01-01T00:00:00Z", []).git).builder.write();
    const clock = { now: new Date(0) };
    const server = await startGitHub({
      users: USERS,
      repositories: [
        {
          fullName: "acme/shop",
          collaborators: ["ann-lee", "bochen", "edge-owner"],
          gitDir: whole.dir,
        },
      ],
      clock: () => clock.now,
    });
    return new DriftStory(server, world, whole, clock);
  }

  /** Audit, and keep the issues; a minute after the cluster is read. */
  async run(run: ScheduledRun): Promise<DriftIssuesResult> {
    this.#clock.now = new Date(Date.parse(run.at) + 60_000);
    const { git, log } = this.#world;
    const world = { git: run.git ?? git, log };
    const story = parsed(world, run.at, run.live, run.audit);
    return withMaterializedCase(story, (materialized) => this.#runOver(materialized, run));
  }

  /** Let time pass, for what people do on GitHub's pages. */
  at(time: string): this {
    this.#clock.now = new Date(time);
    return this;
  }

  /** The sha of a commit by its author's time: each is unique in a story. */
  sha(revision: string): Promise<string> {
    return this.#whole.git("rev-parse", revision).then((sha) => sha.trim());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#whole.remove();
    await this.server.stop();
  }

  async #runOver({ args }: MaterializedCase, run: ScheduledRun): Promise<DriftIssuesResult> {
    const signal = AbortSignal.timeout(120_000);
    const now = this.#clock.now;
    const surroundings = { now, signal, stdin: Readable.from([]), progress: () => {} };
    const { request, ports } = await assemble(run.paths ?? [], optionsOf(args, run), surroundings);
    const audit = await runTracedAudit(request, ports);
    const forge = await this.#forge(run.token);
    const git = { ...audit.report.git, repository: "acme/shop" };
    const report = await enrichCommits({ ...audit.report, git }, forge.commits, signal);
    return runDriftIssues(
      {
        audit: { ...audit, report },
        key: threadKey({
          cluster: report.cluster.name,
          configurationPath: null,
          commentKey: run.commentKey ?? null,
        }),
        options: { ...DRIFT_ISSUE_DEFAULTS, ...run.options },
        links: linksFor(report),
        runUrl: "https://github.com/acme/shop/actions/runs/7",
        now,
        signal,
      },
      { tracker: forge.issues, directory: forge.commits, git: ports.git, progress: () => {} },
    );
  }

  #forge(token: string = this.server.tokens.actions): Promise<Forge> {
    return openForge({
      apiUrl: this.server.url,
      graphqlUrl: this.server.graphqlUrl,
      serverUrl: "https://github.com",
      repository: "acme/shop",
      auth: { kind: "token", token },
      pace: { writeGapMs: 0, secondMs: 10, longestWaitMs: 120_000, timeoutMs: 5_000 },
    });
  }
}

function parsed({ git, log }: World, at: string, live: readonly object[], audit: object = {}) {
  const isPast = (each: object) => !("at" in each) || Date.parse(String(each.at)) <= Date.parse(at);
  return caseFile.parse({
    title: "a scheduled run",
    git: git.filter(isPast),
    log: log === null ? null : log.filter(isPast),
    live,
    audit: { observedAt: at, ...audit },
    expect: { exit: 0, divergences: [] },
  });
}

/** `--repo <dir> --ref main …` as options. */
function optionsOf(args: readonly string[], { namespaces, withoutLog }: ScheduledRun) {
  const named = new Map<string, string>();
  for (let index = 0; index < args.length; index += 2) named.set(args[index] ?? "", args[index + 1] ?? "");
  const option = (name: string) => named.get(name);
  const log = withoutLog === true ? undefined : option("--audit-log");
  const config = option("--config");
  const snapshot = option("--snapshot");
  return {
    repo: option("--repo") ?? "",
    ref: option("--ref") ?? "main",
    color: false,
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(log === undefined ? {} : { auditLog: [log] }),
    ...(config === undefined ? {} : { config }),
    ...(namespaces === undefined ? {} : { namespace: namespaces }),
  };
}
