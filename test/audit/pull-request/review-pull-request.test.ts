import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import type { PullRequestFacts, ReviewPorts } from "../../../src/audit/pull-request/pull-request-request.ts";
import { reviewPullRequest } from "../../../src/audit/pull-request/review-pull-request.ts";
import { AuditError } from "../../../src/model/audit-error.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import {
  isNothingLeft,
  pullRequestReview,
  type ReviewedIngress,
} from "../../../src/report/pull-request/pull-request-review.ts";
import {
  clusterWith,
  ingressObject,
  manifest,
  pullRequestOf,
  reviewPorts,
} from "../../support/pull-request/pull-request-world.ts";
import { RepositoryBuilder, type TestRepository } from "../../support/repository/build-repository.ts";
import { runGit } from "../../support/repository/run-git.ts";
import { removeFolder, temporaryFolder } from "../../support/repository/temporary-folder.ts";

const alice = { name: "Alice", email: "alice@example.com" };
const bob = { name: "Bob", email: "bob@example.com" };

type Files = Readonly<Record<string, string | null>>;

interface Story {
  /** One commit of Alice's each. */
  readonly main: readonly Files[];
  /** One commit of Bob's each, from main's tip. */
  readonly feature: readonly Files[];
  /** Alice's on main, after the two have parted. */
  readonly later?: readonly Files[];
}

async function write({ main, feature, later = [] }: Story): Promise<TestRepository> {
  const builder = new RepositoryBuilder();
  for (const files of main) builder.commit({ message: "main", author: alice, files });
  builder.branch("feature", "main");
  for (const files of feature) builder.commit({ branch: "feature", message: "feature", author: bob, files });
  for (const files of later) builder.commit({ message: "later", author: alice, files });
  const repository = await builder.write({ remotes: { origin: "https://github.com/acme/shop.git" } });
  onTestFinished(() => repository.remove());
  return repository;
}

async function review(
  story: Story,
  { facts = {}, ...ports }: Partial<ReviewPorts> & { facts?: Partial<PullRequestFacts> } = {},
) {
  const repository = await write(story);
  const request = await pullRequestOf(repository, facts);
  const outcome = await reviewPullRequest(request, await reviewPorts(repository, ports));
  return { ...outcome, repository };
}

/** The one Ingress that a review holds. */
function only({ ingresses }: { ingresses: readonly ReviewedIngress[] }): ReviewedIngress {
  const [first, ...others] = ingresses;
  if (first === undefined || others.length > 0) throw new Error(`${ingresses.length} Ingresses are reviewed`);
  return first;
}

const API = { "/": "web", "/api": "api" };
const before = manifest({ paths: API, annotations: { a: "1" } });

describe("what a pull request changes", () => {
  test("is told field by field, with the file's line, the commit and the risk", async () => {
    const { review: found, repository } = await review(
      {
        main: [{ "web.yaml": before }],
        feature: [{ "web.yaml": manifest({ paths: { ...API, "/api": "api-v2" }, annotations: { a: "1" } }) }],
      },
      { cluster: clusterWith([ingressObject({ paths: API, annotations: { a: "1" } })]) },
    );
    const { changes, ...ingress } = only(found);
    expect(ingress).toMatchObject({ change: "changed", live: "present", overwrites: [], drift: [] });
    expect(changes).toMatchObject([
      {
        field:
          'spec.rules[host="shop.example.com"].http.paths[path="/api",pathType="Prefix"].backend.service.name',
        change: "changed",
        base: "api",
        head: "api-v2",
        live: "api",
        effect: "changes",
        risk: { severity: "high", rule: "backend-moved", reason: "Requests go to another backend." },
        place: { side: "head", path: "web.yaml", line: 24 },
        commits: [{ sha: await repository.git("rev-parse", "feature").then((sha) => sha.trim()) }],
      },
    ]);
    expect(pullRequestReview.parse(found)).toEqual(found);
  });

  test("is nothing where manifests are moved, renamed, reordered or reformatted", async () => {
    const flow = JSON.stringify(ingressObject({ paths: API, annotations: { a: "1" } }));
    const { review: found } = await review({
      main: [{ "web.yaml": before, "api.yaml": manifest({ name: "api" }) }],
      feature: [
        { "web.yaml": null, "deploy/web.json": flow },
        { "api.yaml": `# why\n${manifest({ name: "api" })}` },
      ],
    });
    expect(found.ingresses).toEqual([]);
    expect(found.moved).toEqual([
      { namespace: "shop", name: "web", from: "web.yaml", to: "deploy/web.json" },
    ]);
    expect(found.rewritten).toEqual(["api.yaml"]);
    expect(isNothingLeft(found)).toBe(true);
  });

  test("of a file with two Ingresses is told of the one that it changes", async () => {
    const file = (service: string) =>
      `${manifest({ name: "one" })}---\n${manifest({ name: "two", paths: { "/": service } })}`;
    const { review: found } = await review({
      main: [{ "all.yaml": file("web") }],
      feature: [{ "all.yaml": file("new") }],
    });
    expect(found.ingresses.map(({ name }) => name)).toEqual(["two"]);
    expect(found.rewritten).toEqual([]);
  });

  test("may be a whole Ingress, added or removed", async () => {
    const { review: found } = await review(
      {
        main: [{ "old.yaml": manifest({ name: "old" }) }],
        feature: [{ "old.yaml": null, "new.yaml": manifest({ name: "new" }) }],
      },
      { cluster: clusterWith([ingressObject({ name: "old" })]) },
    );
    expect(
      found.ingresses.map(({ name, change, live, before, after, changes }) => ({
        name,
        change,
        live,
        isBefore: before !== null,
        isAfter: after !== null,
        changes: changes.map(({ field, change, effect, risk, place }) => [
          field,
          change,
          effect,
          risk.rule,
          place?.side,
        ]),
      })),
    ).toEqual([
      {
        name: "new",
        change: "added",
        live: "absent",
        isBefore: false,
        isAfter: true,
        changes: [["", "added", "changes", "extra-object", "head"]],
      },
      {
        name: "old",
        change: "removed",
        live: "present",
        isBefore: true,
        isAfter: false,
        changes: [["", "removed", "changes", "missing-object", "base"]],
      },
    ]);
  });

  test("is live already where the cluster has it", async () => {
    const after = { paths: { ...API, "/api": "hotfix" }, annotations: { a: "1" } };
    const { review: found } = await review(
      { main: [{ "web.yaml": before }], feature: [{ "web.yaml": manifest(after) }] },
      { cluster: clusterWith([owned(ingressObject(after), "kubectl-patch", "2026-03-04T08:15:00Z")]) },
    );
    const { changes, overwrites, drift } = only(found);
    expect(changes).toMatchObject([
      { effect: "already-live", drift: { fate: "adopted", verdict: "unmerged", ref: "feature" } },
    ]);
    expect([overwrites, drift]).toEqual([[], []]);
  });

  test("is all that differs between what is live before and after", async () => {
    const annotations = { z: "1", a: "1" };
    const live = ingressObject({ paths: API, annotations: { a: "1", m: "hand", z: "1" }, tls: ["shop-tls"] });
    const { review: found } = await review(
      {
        main: [{ "web.yaml": manifest({ paths: API, annotations, tls: ["shop-tls"] }) }],
        feature: [
          {
            "web.yaml": manifest({ paths: API, annotations: { ...annotations, z: "2" }, tls: ["shop-tls"] }),
          },
        ],
      },
      {
        cluster: clusterWith([{ ...live, spec: { ingressClassName: "hand", ...(live.spec as JsonObject) } }]),
      },
    );
    const { before: was, after: becomes } = only(found);
    const lines = (value: unknown) => JSON.stringify(value, null, 1).split("\n");
    expect(lines(becomes).filter((line, index) => line !== lines(was)[index])).toEqual(['   "z": "2"']);
  });

  test("is not told of the cluster where nothing is known of it", async () => {
    const { review: found, report } = await review({
      main: [{ "web.yaml": before }],
      feature: [{ "web.yaml": manifest({ paths: API, annotations: { a: "2" } }) }],
    });
    const ingress = only(found);
    expect(found).toMatchObject({
      cluster: null,
      unreadBecause: "this run was given no access to the cluster",
    });
    expect(ingress).toMatchObject({ live: "unread", overwrites: [], drift: [] });
    expect(ingress.changes).toMatchObject([{ base: "1", head: "2", effect: "unknown", isLive: false }]);
    expect(report).toBeNull();
  });
});

describe("what its merge would overwrite", () => {
  const feature = [{ "web.yaml": manifest({ paths: { ...API, "/new": "new" }, annotations: { a: "1" } }) }];
  const main = [{ "web.yaml": before }];

  test("is a hotfix beside what it changes, because a list is replaced whole", async () => {
    const live = ingressObject({ paths: { ...API, "/api": "hotfix" }, annotations: { a: "1" } });
    const { review: found } = await review(
      { main, feature },
      { cluster: clusterWith([owned(live, "kubectl-patch", "2026-03-04T08:15:00Z")]) },
    );
    const { overwrites, drift } = only(found);
    expect(overwrites).toMatchObject([
      {
        field:
          'spec.rules[host="shop.example.com"].http.paths[path="/api",pathType="Prefix"].backend.service.name',
        desired: "api",
        live: "hotfix",
        after: "api",
        fate: "overwritten",
        isChanged: false,
        verdict: "out-of-band",
        actor: null,
        reason: expect.stringContaining(
          "kubectl-patch at 2026-03-04T08:15:00Z, which need not have changed this",
        ),
        risk: { severity: "high", rule: "backend-moved" },
      },
    ]);
    expect(drift).toEqual([]);
  });

  test("is not what neither side names: that has drifted, and stays", async () => {
    const live = ingressObject({ paths: API, annotations: { a: "1", b: "hand" } });
    const { review: found } = await review({ main, feature }, { cluster: clusterWith([live]) });
    const { overwrites, drift } = only(found);
    expect(overwrites).toEqual([]);
    expect(drift).toMatchObject([{ field: 'metadata.annotations["b"]', fate: "stays", after: "hand" }]);
  });

  test("is an Ingress that somebody deleted, and that it brings back", async () => {
    const { review: found } = await review(
      { main: [{ "web.yaml": manifest() }, { "web.yaml": before }], feature },
      {
        cluster: clusterWith([]),
        auditTrail: { read: async () => deletedBy("alice@example.com") },
      },
    );
    expect(only(found).overwrites).toMatchObject([
      { field: "", change: "removed", fate: "overwritten", actor: { user: "alice@example.com" } },
    ]);
  });

  test("of an Ingress that it removes is everything that was made there by hand", async () => {
    const live = ingressObject({ paths: API, annotations: { a: "1", b: "hand" } });
    const { review: found } = await review(
      { main, feature: [{ "web.yaml": null }] },
      { cluster: clusterWith([live]) },
    );
    expect(only(found).overwrites).toMatchObject([
      { field: 'metadata.annotations["b"]', fate: "overwritten", isGone: true },
    ]);
  });

  test("is nothing where the API server would refuse what comes of it", async () => {
    const resource = { apiGroup: "k8s.example.com", kind: "Bucket", name: "hand" };
    const withBackend = (backend: JsonObject, object: JsonObject): JsonObject => ({
      ...object,
      spec: { ...(object.spec as JsonObject), defaultBackend: backend },
    });
    const service = { service: { name: "git", port: { number: 80 } } };
    const file = (parts: Parameters<typeof ingressObject>[0]) =>
      JSON.stringify(withBackend(service, ingressObject(parts)));
    const { review: found } = await review(
      {
        main: [{ "web.json": file({}) }],
        feature: [{ "web.json": file({ annotations: { a: "2" } }) }],
      },
      { cluster: clusterWith([withBackend({ resource }, ingressObject())]) },
    );
    const { changes, overwrites, refusal } = only(found);
    expect(refusal).toBe("a backend may not be a service and a resource at the same time");
    expect(changes.map(({ effect }) => effect)).toEqual(["refused"]);
    expect(overwrites).toEqual([]);
  });
});

describe("what is pending", () => {
  test("comes with the merge, with its author and never as an overwrite", async () => {
    const { review: found, report } = await review(
      {
        main: [{ "web.yaml": manifest({ paths: API }) }, { "web.yaml": before }],
        feature: [{ "web.yaml": manifest({ paths: { ...API, "/new": "new" }, annotations: { a: "1" } }) }],
      },
      {
        cluster: clusterWith([
          owned(ingressObject({ paths: API }), "argocd-controller", "2024-01-01T00:01:30Z"),
        ]),
      },
    );
    const { overwrites, drift } = only(found);
    expect(overwrites).toEqual([]);
    expect(drift).toMatchObject([
      { field: 'metadata.annotations["a"]', verdict: "pending", commits: [{ author: { name: "Alice" } }] },
    ]);
    expect(report?.ingresses).toMatchObject([{ name: "web", divergences: [{ verdict: "pending" }] }]);
  });
});

describe("the commits that are compared", () => {
  const main = [{ "web.yaml": before }];
  const feature = [{ "web.yaml": manifest({ paths: API, annotations: { a: "2" } }) }];
  const later = [{ "web.yaml": manifest({ paths: { ...API, "/api": "later" }, annotations: { a: "1" } }) }];
  const cluster = clusterWith([
    ingressObject({ paths: { ...API, "/api": "later" }, annotations: { a: "1" } }),
  ]);
  const seen = (ingress: ReviewedIngress) => ({
    changes: ingress.changes.map(({ field, base, head }) => [field, base, head]),
    drift: ingress.drift.length + ingress.overwrites.length,
  });
  const OWN_CHANGE = { changes: [['metadata.annotations["a"]', "1", "2"]], drift: 0 };

  test("are the merge commit and its first parent", async () => {
    const repository = await write({ main, feature, later });
    await repository.git("checkout", "--quiet", "--detach", "main");
    const tree = (await repository.git("merge-tree", "--write-tree", "main", "feature")).split("\n")[0] ?? "";
    const parents = ["-p", "main", "-p", "feature"];
    const merge = (await repository.git("commit-tree", tree, ...parents, "-m", "Merge")).trim();
    const request = await pullRequestOf(repository, { mergeSha: merge });
    const { review: found } = await reviewPullRequest(request, await reviewPorts(repository, { cluster }));
    expect(found.git.head).toBe(merge);
    expect(seen(only(found))).toEqual(OWN_CHANGE);
    expect(only(found).changes[0]?.commits).toMatchObject([{ author: { name: "Bob" } }]);
  });

  test("are the head and the base's tip where there is no merge commit, or one of another head", async () => {
    const { review: found } = await review({ main, feature, later }, { cluster });
    expect(seen(only(found))).toEqual(OWN_CHANGE);
    const repository = await write({ main, feature, later });
    const mergeSha = (await repository.git("rev-parse", "main")).trim();
    const request = await pullRequestOf(repository, { mergeSha });
    const other = await reviewPullRequest(request, await reviewPorts(repository, { cluster }));
    expect(seen(only(other.review))).toEqual(OWN_CHANGE);
  });

  test("of a checkout of depth 1 cannot be compared, and the advice is exact", async () => {
    const { clone, request } = await mergeCheckout(1);
    await expect(reviewPullRequest(request, await reviewPorts(clone, { cluster }))).rejects.toMatchObject({
      code: "history-too-short",
      mend: expect.stringContaining("fetch-depth: 0 (actions/checkout)"),
    });
  });

  test("of a checkout of depth 2 can, and nobody is named for what lies beyond", async () => {
    const { clone, request } = await mergeCheckout(2);
    const hand = clusterWith([ingressObject({ paths: { ...API, "/api": "old" }, annotations: { a: "1" } })]);
    const { review: found } = await reviewPullRequest(request, await reviewPorts(clone, { cluster: hand }));
    expect(found.git.shallow).toBe(true);
    expect(only(found).changes.map(({ field }) => field)).toEqual(['metadata.annotations["a"]']);
    expect(only(found).overwrites).toMatchObject([
      { live: "old", evidence: "none", commits: [], actor: null },
    ]);
  });

  /** What actions/checkout makes of a pull request: the merge commit, detached, and a little history. */
  async function mergeCheckout(depth: number) {
    const repository = await write({ main, feature, later });
    const tree = (await repository.git("merge-tree", "--write-tree", "main", "feature")).split("\n")[0] ?? "";
    const merge = ["commit-tree", tree, "-p", "main", "-p", "feature", "-m", "Merge"];
    const mergeSha = (await repository.git(...merge)).trim();
    await repository.git("update-ref", "refs/pull/7/merge", mergeSha);
    await repository.git("symbolic-ref", "HEAD", "refs/heads/none");
    const clone = await temporaryFolder();
    onTestFinished(() => removeFolder(clone));
    const git = (...args: string[]) => runGit(clone, args);
    await git("init", "--quiet", ".");
    const from = pathToFileURL(repository.dir).href;
    await git("fetch", "--quiet", `--depth=${depth}`, from, "+refs/pull/7/merge:refs/remotes/pull/7/merge");
    await git("checkout", "--quiet", "--detach", "refs/remotes/pull/7/merge");
    const request = await pullRequestOf(repository, { mergeSha, baseRevision: "origin/main" });
    return { clone: { dir: clone }, request };
  }

  test("leave nothing once the base has the same change, also by a squash", async () => {
    const { review: found } = await review(
      { main, feature, later: feature },
      { facts: { state: "merged" }, cluster },
    );
    expect(isNothingLeft(found)).toBe(true);
  });
});

describe("what cannot be read", () => {
  test("at the head is a problem and no removal", async () => {
    const { review: found } = await review(
      { main: [{ "web.yaml": before }], feature: [{ "web.yaml": `${before}\n  broken: [\n` }] },
      { cluster: clusterWith([ingressObject({ paths: API, annotations: { a: "hand" } })]) },
    );
    expect(only(found)).toMatchObject({
      change: "unreadable",
      changes: [],
      overwrites: [],
      drift: [{ field: 'metadata.annotations["a"]', fate: "unknown" }],
    });
    expect(found.problems).toMatchObject([{ path: "web.yaml", code: "yaml-syntax" }]);
  });

  test("at the base alone is mended", async () => {
    const { review: found } = await review(
      { main: [{ "web.yaml": `${before}\n  broken: [\n` }], feature: [{ "web.yaml": before }] },
      { cluster: clusterWith([ingressObject({ paths: API, annotations: { a: "hand" } })]) },
    );
    expect(only(found)).toMatchObject({ change: "mended", changes: [], overwrites: [] });
    expect(found.problems).toEqual([]);
  });

  test("was unreadable before is nobody's new problem", async () => {
    const { review: found } = await review({
      main: [{ "web.yaml": before, "bad.yaml": "kind: Ingress\nbroken: [\n" }],
      feature: [{ "web.yaml": manifest({ paths: API, annotations: { a: "2" } }) }],
    });
    expect(found.problems).toEqual([]);
  });

  test("in the cluster is not taken for absent", async () => {
    const story = {
      main: [{ "web.yaml": before }],
      feature: [{ "new.yaml": manifest({ namespace: "other", name: "new" }) }],
    };
    const { review: found } = await review(story, {
      cluster: clusterWith([ingressObject({ paths: API })], { namespaces: ["shop"] }),
    });
    expect(only(found)).toMatchObject({
      live: "unread",
      unreadBecause: "the namespace other was not read",
      changes: [{ effect: "unknown" }],
    });
  });

  test("leaves a review of Git alone where it is the cluster", async () => {
    const error = new AuditError({
      code: "live-unreachable",
      what: "Cannot reach the cluster",
      mend: "Look whether it is there.",
    });
    const { review: found, clusterError } = await review(
      {
        main: [{ "web.yaml": before }],
        feature: [{ "web.yaml": manifest({ paths: API, annotations: { a: "2" } }) }],
      },
      { cluster: { read: () => Promise.reject(error) } },
    );
    expect(clusterError).toBe(error);
    expect(found.unreadBecause).toBe("Cannot reach the cluster. Look whether it is there");
    expect(only(found).changes).toHaveLength(1);
  });
});

describe("a host or path that another namespace has", () => {
  const main = [
    { "web.yaml": manifest(), "other.yaml": manifest({ namespace: "other", host: "other.example.com" }) },
  ];

  test("is told, in Git with its place and in the cluster", async () => {
    const { review: found } = await review(
      {
        main,
        feature: [{ "new.yaml": manifest({ name: "new", host: "other.example.com", paths: { "/x": "x" } }) }],
      },
      {
        cluster: clusterWith([
          ingressObject({ namespace: "third", name: "x", host: "other.example.com", paths: { "/x/": "x" } }),
        ]),
      },
    );
    expect(found.claims).toEqual([
      {
        namespace: "shop",
        name: "new",
        host: "other.example.com",
        path: "/x",
        others: [{ namespace: "third", name: "x", place: null, isLive: true }],
      },
      {
        namespace: "shop",
        name: "new",
        host: "other.example.com",
        path: null,
        others: [
          {
            namespace: "other",
            name: "web",
            place: { side: "head", path: "other.yaml", line: 1 },
            isLive: false,
          },
        ],
      },
    ]);
    expect(only(found).changes[0]?.risk.rule).toBe("route-claimed-elsewhere");
  });

  test("is none where the Ingress moves from one namespace to the other", async () => {
    const { review: found } = await review(
      { main, feature: [{ "web.yaml": manifest({ namespace: "new" }) }] },
      { cluster: clusterWith([ingressObject()]) },
    );
    expect(found.ingresses.map(({ namespace, change }) => [namespace, change])).toEqual([
      ["new", "added"],
      ["shop", "removed"],
    ]);
    expect(found.claims).toEqual([]);
    expect(found.ingresses[0]?.changes[0]?.risk.rule).not.toMatch(/claimed/);
  });
});

/** The object as a hand's tool would have left it: it owns the rules. */
function owned(object: JsonObject, manager: string, time: string): JsonObject {
  const entry = (fields: JsonObject, name: string, at: string) => ({
    manager: name,
    operation: "Update",
    apiVersion: "networking.k8s.io/v1",
    time: at,
    fieldsType: "FieldsV1",
    fieldsV1: fields,
  });
  return {
    ...object,
    metadata: {
      ...(object.metadata as JsonObject),
      managedFields: [
        entry(
          { "f:metadata": { "f:annotations": { "f:a": {} } } },
          "argocd-controller",
          "2024-01-01T00:01:30Z",
        ),
        entry({ "f:spec": { "f:rules": {} } }, manager, time),
      ],
    },
  };
}

function deletedBy(user: string) {
  const id = { namespace: "shop", name: "web" };
  const at = "2026-03-04T08:15:00.000000Z";
  return {
    writes: [
      {
        auditID: "1b7c5d5e-0000-4000-8000-000000000001",
        at,
        verb: "delete" as const,
        user,
        impersonatedBy: null,
        groups: [],
        userAgent: "kubectl/v1.36.3",
        sourceIP: null,
        fieldManager: null,
        id,
        uid: "u1",
        resourceVersion: null,
        request: undefined,
        isApply: false,
        after: null,
        mutatedBy: [],
      },
    ],
    firstEventAt: "2024-01-01T00:01:30Z",
    lastEventAt: "2026-03-04T10:00:00Z",
    eventCount: 100,
    refused: [],
    problems: [],
  };
}
