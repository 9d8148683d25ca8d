import { SEVERITIES, type Severity } from "../../model/severity.ts";
import { FAIL_ON } from "../assembly/fail-on.ts";
import type { ClusterChoice } from "../assembly/fleet/choose-clusters.ts";
import type { GithubContext } from "../assembly/github/github-context.ts";
import {
  DEPLOY_DEFAULTS,
  type DeployOptions,
  type FailureOptions,
  ISSUE_DEFAULTS,
  ISSUE_PER,
  type IssueOptions,
  type PostingOptions,
} from "../assembly/github/mode-options.ts";
import { given } from "../assembly/given.ts";
import {
  type ParseOption,
  parseChoice,
  parseCount,
  parseDuration,
  parseLines,
  parseList,
  parseSwitch,
} from "../assembly/parse-options.ts";
import { DEEPEN, type SourceOptions } from "../assembly/source-options.ts";
import type { InputName } from "./input-names.ts";

export const MODES = ["audit", "pull-request", "issues", "deploy"] as const;
export type Mode = (typeof MODES)[number];

/** What a step asks for. */
export interface ActionOptions {
  readonly mode: Mode;
  readonly paths: readonly string[];
  /** Without the kubeconfig, which may still have to become a file. */
  readonly source: SourceOptions & { readonly minSeverity?: Severity };
  /** Of the mode audit: one report each. */
  readonly clusters: Pick<ClusterChoice, "clusters" | "allClusters">;
  /** As the workflow gives it: a path, or a kubeconfig's text. */
  readonly kubeconfig: string;
  readonly failure: FailureOptions;
  readonly output: OutputOptions;
  readonly posting: PostingOptions;
  readonly issues: IssueOptions;
  readonly deploy: DeployOptions;
  /** The number of the pull request, where no event tells it. */
  readonly pullRequest?: number;
  /** A review that another run has made, to be posted. */
  readonly reviewFile?: string;
}

export interface OutputOptions {
  readonly showIgnored: boolean;
  /** In the runner's temporary folder unless given. */
  readonly jsonFile?: string;
  readonly sarifFile?: string;
  readonly summary: boolean;
  readonly annotations: boolean;
}

/** Reads inputs by name; undefined where the workflow gives none. */
class Inputs {
  readonly #input: (name: InputName) => string;

  constructor(input: (name: InputName) => string) {
    this.#input = input;
  }

  text(name: InputName): string | undefined {
    const text = this.#input(name);
    return text === "" ? undefined : text;
  }

  parsed<Value>(name: InputName, parse: ParseOption<Value>): Value | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : parse(name, text);
  }

  /** undefined where there is no entry. */
  list(name: InputName, split: (text: string) => readonly string[]): readonly string[] | undefined {
    const entries = split(this.#input(name));
    return entries.length === 0 ? undefined : entries;
  }
}

/**
 * @param input What the workflow gives for an input; "" where it gives nothing.
 * @throws {AuditError} `usage`, naming the input.
 */
export function readActionOptions(input: (name: InputName) => string, context: GithubContext): ActionOptions {
  const inputs = new Inputs(input);
  return {
    mode: inputs.parsed("mode", parseChoice(MODES)) ?? modeOf(context),
    paths: inputs.list("paths", parseLines) ?? [],
    source: sourceOptions(inputs),
    clusters: clusterChoice(inputs.list("clusters", parseList) ?? []),
    kubeconfig: inputs.text("kubeconfig") ?? "",
    failure: {
      ...given({ failOn: inputs.parsed("fail-on", parseChoice(FAIL_ON)) }),
      allowProblems: inputs.parsed("allow-problems", parseSwitch) ?? false,
    },
    output: {
      ...given({ jsonFile: inputs.text("json-file"), sarifFile: inputs.text("sarif-file") }),
      showIgnored: inputs.parsed("show-ignored", parseSwitch) ?? false,
      summary: inputs.parsed("summary", parseSwitch) ?? true,
      annotations: inputs.parsed("annotations", parseSwitch) ?? true,
    },
    posting: {
      ...given({ commentKey: inputs.text("comment-key") }),
      mentions: inputs.parsed("mentions", parseSwitch) ?? false,
    },
    ...given({
      pullRequest: inputs.parsed("pull-request", parseCount),
      reviewFile: inputs.text("review-file"),
    }),
    issues: issueOptions(inputs),
    deploy: {
      ...DEPLOY_DEFAULTS,
      ...given({
        environment: inputs.text("environment"),
        timeoutMs: inputs.parsed("timeout", parseDuration),
        previousRevision: inputs.text("previous-revision"),
        failOnOtherDrift: inputs.parsed("fail-on-other-drift", parseSwitch),
      }),
    },
  };
}

function clusterChoice(names: readonly string[]): ActionOptions["clusters"] {
  return names.length === 1 && names[0] === "all" ? { allClusters: true } : { clusters: names };
}

function modeOf({ eventName }: GithubContext): Mode {
  return eventName === "pull_request" ? "pull-request" : "audit";
}

function issueOptions(inputs: Inputs): IssueOptions {
  return {
    ...ISSUE_DEFAULTS,
    ...given({
      issuePer: inputs.parsed("issue-per", parseChoice(ISSUE_PER)),
      detections: inputs.parsed("issue-after", parseCount),
      label: inputs.text("label"),
      labels: inputs.list("labels", parseList),
      assign: inputs.parsed("assign", parseSwitch),
      maxIssues: inputs.parsed("max-issues", parseCount),
    }),
  };
}

function sourceOptions(inputs: Inputs): ActionOptions["source"] {
  return {
    repo: inputs.text("repo") ?? ".",
    color: false,
    ...given({
      ref: inputs.text("ref"),
      deepen: inputs.parsed("deepen", parseChoice(DEEPEN)) ?? "auto",
      appliedRevision: inputs.text("applied-revision"),
      context: inputs.text("context"),
      namespace: inputs.list("namespaces", parseList),
      snapshot: inputs.text("snapshot"),
      auditLog: inputs.list("audit-log", parseLines),
      config: inputs.text("config"),
      cluster: inputs.text("cluster"),
      allowNetwork: inputs.parsed("allow-network", parseSwitch) ?? false,
      minSeverity: inputs.parsed("min-severity", parseChoice(SEVERITIES)),
    }),
    forge: given({
      token: inputs.text("token"),
      appId: inputs.text("app-id"),
      appPrivateKey: inputs.text("app-private-key"),
      repository: inputs.text("repository"),
    }),
  };
}
