/**
 * The inputs of action.yml, and the command line's option that says the same; null where there is none, because the
 * command line has another way. A test holds these, action.yml and the command line together.
 */
export const INPUT_FLAGS = {
  mode: null,
  repo: "--repo",
  paths: null,
  ref: "--ref",
  deepen: "--deepen",
  "applied-revision": "--applied-revision",
  kubeconfig: "--kubeconfig",
  context: "--context",
  namespaces: "--namespace",
  snapshot: "--snapshot",
  "audit-log": "--audit-log",
  config: "--config",
  cluster: "--cluster",
  clusters: "--all-clusters",
  "allow-network": "--allow-network",
  "fail-on": "--fail-on",
  "min-severity": "--min-severity",
  "show-ignored": "--show-ignored",
  "allow-problems": "--allow-problems",
  "json-file": "--output",
  "sarif-file": "--output",
  summary: null,
  annotations: null,
  token: "--token-file",
  "app-id": "--app-id",
  "app-private-key": "--app-key-file",
  repository: "--repository",
  mentions: "--mentions",
  "comment-key": "--comment-key",
  "pull-request": "--pull-request",
  "review-file": "--review-file",
  "issue-per": "--issue-per",
  "issue-after": "--issue-after",
  label: "--label",
  labels: "--labels",
  assign: "--no-assign",
  "max-issues": "--max-issues",
  environment: "--environment",
  timeout: "--timeout",
  "previous-revision": "--previous-revision",
  "fail-on-other-drift": "--fail-on-other-drift",
} as const satisfies Readonly<Record<string, string | null>>;

export type InputName = keyof typeof INPUT_FLAGS;

/** The outputs of action.yml. */
export const OUTPUT_NAMES = [
  "diverged",
  "verdict-counts",
  "severity-counts",
  "max-severity",
  "report-path",
  "sarif-path",
  "review-path",
  "comment-url",
  "issue-numbers",
  "applied-revision",
] as const;

export type OutputName = (typeof OUTPUT_NAMES)[number];
