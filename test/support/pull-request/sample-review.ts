import type { ReportedCommit } from "../../../src/report/audit-report.ts";
import {
  type PullRequestReview,
  REVIEW_SCHEMA,
  type ReviewedChange,
  type ReviewedDrift,
  type ReviewedIngress,
} from "../../../src/report/pull-request/pull-request-review.ts";

const BASE = "3f9c2ab4d5e6f708192a3b4c5d6e7f8091a2b3c4";
const HEAD = "9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e";

const bob: ReportedCommit = {
  sha: "7b1e9f2c3d4e5f60718293a4b5c6d7e8f9012345",
  author: { name: "Bob Chen", email: "bob@example.com", login: "bob" },
  coAuthors: [],
  authoredAt: "2026-03-03T15:02:00Z",
  committedAt: "2026-03-03T15:02:00Z",
  subject: "web: send /api to the second version",
  ref: null,
  pullRequest: null,
};

const carla: ReportedCommit = {
  ...bob,
  sha: "1d2e3f405162738495a6b7c8d9e0f1a2b3c4d5e6",
  author: { name: "Carla Díaz", email: "carla@example.com", login: null },
  subject: "web: keep the client's address (#41)",
  pullRequest: { number: 41, url: null, mergedBy: "dana", approvedBy: ["erin"] },
};

const backend = (path: string) =>
  `spec.rules[host="shop.example.com"].http.paths[path="${path}",pathType="Prefix"].backend.service.name`;
const annotation = (name: string) => `metadata.annotations["nginx.ingress.kubernetes.io/${name}"]`;

function change(
  parts: Partial<ReviewedChange> & Pick<ReviewedChange, "field" | "base" | "head" | "risk">,
): ReviewedChange {
  return {
    change: "changed",
    effect: "changes",
    live: parts.base,
    isLive: true,
    place: { side: "head", path: "deploy/web.yaml", line: 24 },
    commits: [bob],
    drift: null,
    ...parts,
  };
}

function drift(parts: Partial<ReviewedDrift> & Pick<ReviewedDrift, "field">): ReviewedDrift {
  return {
    id: "0123456789abcdef",
    change: "changed",
    desired: null,
    live: null,
    line: 24,
    verdict: "out-of-band",
    evidence: "proven",
    reason: "alice@example.com patched this in the cluster at 2026-03-04T08:15:00Z.",
    remedy: "Ask them why; then commit the live value, or apply Git's again.",
    severity: "high",
    severityRule: "backend-moved",
    severityReason: "Requests go to another backend than Git names.",
    rule: null,
    ref: null,
    commits: [],
    conflict: [],
    matchesCommit: null,
    actor: {
      user: "alice@example.com",
      impersonatedBy: null,
      groups: ["developers"],
      source: "cli",
      userAgent: "kubectl/v1.36.3 (linux/amd64) kubernetes/1a2b3c4",
      sourceIP: "10.1.2.3",
      fieldManager: "kubectl-patch",
      operation: "patch",
      at: "2026-03-04T08:15:00Z",
      auditID: "9f8e7d6c-5b4a-4392-8170-f6e5d4c3b2a1",
    },
    fate: "overwritten",
    after: null,
    isGone: false,
    isChanged: false,
    risk: null,
    ...parts,
  };
}

const web: ReviewedIngress = {
  namespace: "shop",
  name: "web",
  change: "changed",
  place: { side: "head", path: "deploy/web.yaml", line: 1 },
  live: "present",
  unreadBecause: null,
  refusal: null,
  changes: [
    change({
      field: annotation("auth-url"),
      change: "removed",
      base: "https://sso.example.com/auth",
      head: null,
      place: { side: "base", path: "deploy/web.yaml", line: 7 },
      risk: {
        severity: "high",
        rule: "authentication-removed",
        reason: "Callers no longer need to authenticate.",
      },
    }),
    change({
      field: annotation("proxy-body-size"),
      base: "1m",
      head: "8m",
      live: "8m",
      effect: "already-live",
      place: { side: "head", path: "deploy/web.yaml", line: 8 },
      risk: {
        severity: "medium",
        rule: "medium-risk-annotation",
        reason: "The annotation changes who may call, or where requests are sent.",
      },
      drift: drift({
        field: annotation("proxy-body-size"),
        desired: "1m",
        live: "8m",
        after: "8m",
        fate: "adopted",
        isChanged: true,
      }),
    }),
    change({
      field: backend("/cart"),
      base: "cart",
      head: "cart-v2",
      live: "cart-canary",
      place: { side: "head", path: "deploy/web.yaml", line: 31 },
      risk: { severity: "high", rule: "backend-moved", reason: "Requests go to another backend." },
    }),
  ],
  overwrites: [
    drift({
      field: backend("/api"),
      desired: "api",
      live: "api-hotfix",
      after: "api",
      risk: { severity: "high", rule: "backend-moved", reason: "Requests go to another backend." },
    }),
    drift({
      field: backend("/cart"),
      desired: "cart",
      live: "cart-canary",
      after: "cart-v2",
      isChanged: true,
      verdict: "unmerged",
      evidence: "inferred",
      reason: "The audited ref never held this value; only canary holds, by commit 7b1e9f2c.",
      ref: "canary",
      commits: [{ ...bob, ref: "canary" }],
      actor: null,
      risk: { severity: "high", rule: "backend-moved", reason: "Requests go to another backend." },
    }),
  ],
  drift: [
    drift({
      field: annotation("whitelist-source-range"),
      change: "added",
      live: "10.0.0.0/8",
      after: "10.0.0.0/8",
      fate: "stays",
      line: 5,
      severity: "medium",
      evidence: "indicated",
      reason:
        "No commit on any ref here holds this value; managedFields names the program kubectl-annotate at 2026-03-01T09:00:00Z.",
      actor: {
        user: null,
        impersonatedBy: null,
        groups: [],
        source: "cli",
        userAgent: null,
        sourceIP: null,
        fieldManager: "kubectl-annotate",
        operation: "Update",
        at: "2026-03-01T09:00:00Z",
        auditID: null,
      },
    }),
    drift({
      field: annotation("use-forwarded-headers"),
      change: "removed",
      desired: "true",
      after: "true",
      line: 9,
      verdict: "pending",
      evidence: "indicated",
      severity: "low",
      reason: "The cluster still has the value from before commit 1d2e3f40.",
      remedy: "Deploy the audited commit, or find out why the deployer has not.",
      commits: [carla],
      actor: null,
    }),
  ],
  ignored: 1,
  before: spec("api-hotfix", "cart-canary", { "auth-url": "https://sso.example.com/auth" }),
  after: spec("api", "cart-v2", { "use-forwarded-headers": "true" }),
};

const blog: ReviewedIngress = {
  ...web,
  name: "blog",
  change: "added",
  place: { side: "head", path: "deploy/blog.yaml", line: 1 },
  live: "absent",
  changes: [
    change({
      field: "",
      change: "added",
      base: null,
      head: { spec: { rules: [{ host: "www.example.com", http: { paths: [{ path: "/blog" }] } }] } },
      live: null,
      isLive: false,
      place: { side: "head", path: "deploy/blog.yaml", line: 1 },
      risk: {
        severity: "high",
        rule: "host-claimed-elsewhere",
        reason: "The same host is claimed by another namespace: marketing/site.",
      },
    }),
  ],
  overwrites: [],
  drift: [],
  ignored: 0,
  before: null,
  after: { spec: { rules: [{ host: "www.example.com", http: { paths: [{ path: "/blog" }] } }] } },
};

/** A review with each of its sections filled. */
export function sampleReview(): PullRequestReview {
  return {
    ...emptyReview(),
    ingresses: [blog, web],
    moved: [{ namespace: "shop", name: "admin", from: "admin.yaml", to: "deploy/admin.yaml" }],
    rewritten: ["deploy/cart.yaml"],
    claims: [
      {
        namespace: "shop",
        name: "blog",
        host: "www.example.com",
        path: null,
        others: [
          {
            namespace: "marketing",
            name: "site",
            place: { side: "head", path: "marketing/site.yaml", line: 3 },
            isLive: true,
          },
        ],
      },
    ],
    problems: [
      {
        path: "deploy/bad.yaml",
        line: 3,
        code: "duplicate-key",
        message: 'The key "host" occurs twice in one rule',
        remedy: "Remove one of the two; the API server would keep the last.",
        level: "error",
        ingress: { namespace: "shop", name: "bad" },
      },
    ],
  };
}

/** Ingresses that cannot be read or applied, that have nobody's name, and changes without effect. */
export function oddReview(): PullRequestReview {
  const [first, second, third] = web.changes;
  if (first === undefined || second === undefined || third === undefined) throw new Error("Too few changes");
  const none = { changes: [], overwrites: [], drift: [], ignored: 0, before: null, after: null };
  return {
    ...emptyReview(),
    git: { ...emptyReview().git, shallow: true },
    cluster: { name: null, observedAt: null, appliedRevision: null, auditLog: null },
    clusterName: null,
    ingresses: [
      { ...web, ...none, name: "broken", change: "unreadable", live: "present" },
      {
        ...web,
        ...none,
        name: "mended",
        change: "mended",
        before: { spec: {} },
        after: { spec: { tls: [] } },
      },
      {
        ...web,
        ...none,
        name: "refused",
        refusal: "a port may not have a name and a number at the same time",
        changes: [{ ...third, effect: "refused" }],
      },
      {
        ...web,
        ...none,
        name: "elsewhere",
        live: "unread",
        unreadBecause: "the namespace shop was not read",
        changes: [{ ...first, effect: "unknown", live: null, isLive: false }],
      },
      {
        ...web,
        ...none,
        name: "kept",
        changes: [
          { ...first, effect: "stays" },
          { ...second, effect: "stays", drift: null },
          { ...third, effect: "already-live", drift: null },
        ],
        overwrites: [
          drift({ field: "", change: "removed", desired: { spec: {} }, after: { spec: {} }, actor: null }),
        ],
        drift: [
          drift({
            field: "spec.tls",
            change: "reordered",
            verdict: "controller",
            rule: "certs",
            severity: "low",
          }),
          drift({
            field: backend("/"),
            desired: "a",
            live: "b",
            fate: "unknown",
            evidence: "none",
            actor: null,
          }),
        ],
      },
      { ...web, ...none, name: "removed", change: "removed", changes: [{ ...first, field: "" }] },
    ],
  };
}

/** The same comparison where the pull request touches no Ingress. */
export function emptyReview(): PullRequestReview {
  return {
    schema: REVIEW_SCHEMA,
    tool: { name: "ingress-audit", version: "1.0.0" },
    pullRequest: {
      number: 7,
      baseRef: "main",
      headRef: "bob:api-v2",
      headSha: "7b1e9f2c3d4e5f60718293a4b5c6d7e8f9012345",
      state: "open",
    },
    git: { repository: "acme/shop", base: BASE, head: HEAD, shallow: false },
    clusterName: "prod-eu",
    cluster: {
      name: "prod-eu",
      observedAt: "2026-03-04T10:15:00Z",
      appliedRevision: null,
      auditLog: { from: "2026-03-01T00:00:00Z", to: "2026-03-04T10:14:58.120000Z", events: 12_345 },
    },
    unreadBecause: null,
    ingresses: [],
    moved: [],
    rewritten: [],
    claims: [],
    problems: [],
  };
}

function spec(api: string, cart: string, annotations: Readonly<Record<string, string>>) {
  const path = (name: string, service: string) => ({
    path: name,
    pathType: "Prefix",
    backend: { service: { name: service, port: { number: 80 } } },
  });
  return {
    metadata: {
      annotations: Object.fromEntries(
        Object.entries({
          ...annotations,
          "proxy-body-size": "8m",
          "whitelist-source-range": "10.0.0.0/8",
        }).map(([name, value]) => [`nginx.ingress.kubernetes.io/${name}`, value]),
      ),
    },
    spec: {
      ingressClassName: "nginx",
      rules: [
        {
          host: "shop.example.com",
          http: {
            paths: [path("/", "web"), path("/api", api), path("/cart", cart), path("/search", "search")],
          },
        },
      ],
    },
  };
}
