import type { ReportedActor, ReportedCommit, ReportedIngress } from "../../src/report/audit-report.ts";

type SampleDivergence = Omit<ReportedIngress["divergences"][number], "id">;
type SampleIngress = Omit<ReportedIngress, "divergences" | "leftOut"> & {
  divergences: readonly SampleDivergence[];
};

const person = (name: string) => ({
  name,
  email: `${name.split(" ")[0]?.toLowerCase()}@example.com`,
  login: null,
});

export function sampleCommit(details: Partial<ReportedCommit> = {}): ReportedCommit {
  return {
    sha: "4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e",
    author: person("Bo Chen"),
    coAuthors: [],
    authoredAt: "2026-03-03T16:20:00Z",
    committedAt: "2026-03-03T16:20:00Z",
    subject: "web: send /api to api-v2",
    ref: null,
    pullRequest: null,
    ...details,
  };
}

const nobody: ReportedActor = {
  user: null,
  impersonatedBy: null,
  groups: [],
  source: null,
  userAgent: null,
  sourceIP: null,
  fieldManager: null,
  operation: null,
  at: null,
  auditID: null,
};

const handWritten: ReportedActor = {
  user: "alice@example.com",
  impersonatedBy: null,
  groups: ["sre", "system:authenticated"],
  source: "cli",
  userAgent: "kubectl/v1.32.4 (linux/amd64) kubernetes/59526cd",
  sourceIP: "10.1.2.3",
  fieldManager: "kubectl-edit",
  operation: "patch",
  at: "2026-03-04T09:12:11.482000Z",
  auditID: "9f8e7d6c-5b4a-4392-8170-f6e5d4c3b2a1",
};

const unattributed = {
  rule: null,
  ref: null,
  commits: [],
  conflict: [],
  matchesCommit: null,
  actor: null,
} as const;

const SNIPPET = `location /.git {
  return 404;
}
more_set_headers "X-Robots-Tag: noindex";
if ($http_x_debug) {
  set $debug 1;
  proxy_pass http://10.9.8.7:8080;
}`;

const API_SERVICE =
  'spec.rules[host="shop.example.com"].http.paths[path="/api",pathType="Prefix"].backend.service';

export const EVERY_VERDICT: readonly SampleIngress[] = [
  {
    namespace: "shop",
    name: "web",
    state: "changed",
    origin: { path: "deploy/web.yaml", line: 1, renderer: "plain" },
    divergences: [
      {
        ...unattributed,
        field: 'metadata.annotations["nginx.ingress.kubernetes.io/server-snippet"]',
        change: "changed",
        desired: SNIPPET.split("\n").slice(0, 4).join("\n"),
        live: SNIPPET,
        line: 9,
        verdict: "out-of-band",
        evidence: "proven",
        reason:
          "The audit log shows that alice@example.com wrote this value, and no commit of any ref holds it.",
        remedy:
          "Find out from alice@example.com why; then commit the value to deploy/web.yaml or apply the file again.",
        severity: "critical",
        severityRule: "risk-annotation",
        severityReason:
          "A snippet becomes configuration of the shared controller and can read every Secret it can.",
        actor: { ...handWritten, impersonatedBy: "break-glass@example.com" },
      },
      {
        ...unattributed,
        field: `${API_SERVICE}.name`,
        change: "changed",
        desired: "api-v2",
        live: "api",
        line: 31,
        verdict: "pending",
        evidence: "indicated",
        reason: "The live value is the one of the applied revision 1d2e3f4; Git has moved on since.",
        remedy: "Wait for the next deployment of main, or deploy it now.",
        severity: "high",
        severityRule: "backend-service-changed",
        severityReason: "Traffic for this path goes to another Service.",
        commits: [
          sampleCommit({
            coAuthors: [person("Carla Díaz"), person("山田太郎")],
            pullRequest: {
              number: 42,
              url: "https://github.com/acme/shop/pull/42",
              mergedBy: "dora",
              approvedBy: ["erin", "frank"],
            },
          }),
          sampleCommit({
            sha: "9a8b7c6d5e4f30211203f4e5d6c7b8a990817263",
            author: person("Dan Okafor"),
            authoredAt: "2026-02-27T08:00:00Z",
            committedAt: "2026-03-02T11:30:00Z",
            subject: "web: try api-canary first",
          }),
        ],
        actor: {
          ...nobody,
          source: "gitops",
          fieldManager: "argocd-controller",
          operation: "Apply",
          at: "2026-02-26T07:00:00Z",
        },
      },
      {
        ...unattributed,
        field: `${API_SERVICE}.port.number`,
        change: "changed",
        desired: 8080,
        live: 9090,
        line: 33,
        verdict: "out-of-band",
        evidence: "indicated",
        reason: "managedFields shows kubectl-patch as a writer of spec.rules after the last deployment.",
        remedy: "Turn on the audit log to learn who did it; then apply deploy/web.yaml again.",
        severity: "medium",
        severityRule: "backend-port-changed",
        severityReason: "Traffic for this path goes to another port.",
        conflict: [
          sampleCommit({ sha: "c0ffee0011223344556677889900aabbccddeeff", subject: "web: move to 8080" }),
        ],
        matchesCommit: sampleCommit({
          sha: "0ddba11c0ffee0011223344556677889900aabbc",
          author: person("Dan Okafor"),
          authoredAt: "2025-11-20T10:00:00Z",
          committedAt: "2025-11-20T10:00:00Z",
          subject: "web: first version",
        }),
        actor: {
          ...nobody,
          source: "cli",
          fieldManager: "kubectl-patch",
          operation: "Update",
          at: "2026-03-04T08:00:00Z",
        },
      },
      {
        ...unattributed,
        field: 'metadata.annotations["acme.cert-manager.io/http01-edit-in-place"]',
        change: "added",
        desired: null,
        live: "true",
        line: null,
        verdict: "controller",
        evidence: "indicated",
        rule: "cert-manager-edit-in-place",
        reason: "cert-manager sets this annotation while it answers a challenge.",
        remedy: "Nothing to do: cert-manager takes it away again.",
        severity: "low",
        severityRule: "default",
        severityReason: "No rule sees a change of exposure.",
        actor: { ...nobody, source: "controller", fieldManager: "cert-manager-ingress-shim" },
      },
    ],
  },
  {
    namespace: "shop",
    name: "cart",
    state: "changed",
    origin: { path: "deploy/cart.yaml", line: 14, renderer: "plain" },
    divergences: [
      {
        ...unattributed,
        field: 'metadata.annotations["nginx.ingress.kubernetes.io/whitelist-source-range"]',
        change: "changed",
        desired: `${Array.from({ length: 60 }, (_, index) => `10.${index}.0.0/16`).join(",")},192.168.0.0/16`,
        live: `${Array.from({ length: 60 }, (_, index) => `10.${index}.0.0/16`).join(",")},0.0.0.0/0`,
        line: 19,
        verdict: "unmerged",
        evidence: "inferred",
        reason: "Only origin/open-the-gates holds this value, and it is not merged into main.",
        remedy: "Merge origin/open-the-gates, or apply main again.",
        severity: "high",
        severityRule: "allowlist-widened",
        severityReason: "Anyone on the network can reach what was limited to known addresses.",
        ref: "origin/open-the-gates",
        commits: [
          sampleCommit({
            sha: "fee1dead00112233445566778899aabbccddeeff",
            author: { name: "Grace Moreau 👩‍💻", email: "grace@example.com", login: "gmoreau" },
            subject: "cart: allow partners",
            authoredAt: "2026-03-01T12:00:00Z",
            committedAt: "2026-03-01T12:00:00Z",
          }),
        ],
      },
      {
        ...unattributed,
        field: "spec.tls",
        change: "reordered",
        desired: ['[secretName="a-tls"]', '[secretName="b-tls"]'],
        live: ['[secretName="b-tls"]', '[secretName="a-tls"]'],
        line: 22,
        verdict: "out-of-band",
        evidence: "none",
        reason: "History ends at a shallow clone's boundary, so that nobody can be named.",
        remedy: "Fetch the whole history (git fetch --unshallow) or pass --deepen.",
        severity: "low",
        severityRule: "reordered",
        severityReason: "Only the order changed.",
      },
    ],
  },
  {
    namespace: "shop",
    name: "admin",
    state: "missing",
    origin: { path: "deploy/admin.yaml", line: 1, renderer: "plain" },
    divergences: [
      {
        ...unattributed,
        field: "",
        change: "removed",
        desired: {
          spec: {
            ingressClassName: "nginx",
            rules: [
              {
                host: "admin.example.com",
                http: {
                  paths: [
                    {
                      path: "/",
                      pathType: "Prefix",
                      backend: { service: { name: "admin", port: { number: 80 } } },
                    },
                  ],
                },
              },
            ],
          },
        },
        live: null,
        line: 1,
        verdict: "out-of-band",
        evidence: "proven",
        reason: "The audit log shows that alice@example.com deleted the Ingress after it had been applied.",
        remedy: "Apply deploy/admin.yaml again, or remove it from Git if the deletion was meant.",
        severity: "medium",
        severityRule: "ingress-missing",
        severityReason: "What Git declares does not serve.",
        actor: { ...handWritten, operation: "delete", fieldManager: null },
      },
    ],
  },
  {
    namespace: "tools",
    name: "debug",
    state: "extra",
    origin: null,
    divergences: [
      {
        ...unattributed,
        field: "",
        change: "added",
        desired: null,
        live: { spec: { defaultBackend: { service: { name: "debug", port: { name: "http" } } } } },
        line: null,
        verdict: "pending",
        evidence: "inferred",
        reason: "Git held this Ingress until it was removed, and the cluster was not pruned.",
        remedy: "Delete it with kubectl delete ingress debug -n tools, or turn on pruning.",
        severity: "medium",
        severityRule: "ingress-extra",
        severityReason: "Something serves that Git does not declare.",
        commits: [
          sampleCommit({ subject: "tools: remove debug", sha: "deadbeef00112233445566778899aabbccddeeff" }),
        ],
      },
    ],
  },
  {
    namespace: "shop",
    name: "status",
    state: "in-sync",
    origin: { path: "deploy/status.yaml", line: 1, renderer: "plain" },
    divergences: [],
  },
];
