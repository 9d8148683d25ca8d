import { describe, expect, test } from "vitest";
import { DriftStory, type ScheduledRun } from "../../support/drift/drift-story.ts";

const ANN = "Ann Lee <ann@example.com>";
const BO = "Bo Chen <bo@example.com>";
const WEB = "deploy/web.yaml";
const BACKEND = "spec.rules";

const C1 = { commit: "c1", author: ANN, at: "2026-03-01T09:00:00Z", files: { [WEB]: { manifest: "web" } } };
const moved = (at: string, from: string, to: string, more: object = {}) => ({
  ...{ commit: `to-${to}`, author: BO, at, message: `web: ${from} to ${to}` },
  edit: { [WEB]: [[`name: ${from}\n`, `name: ${to}\n`]] },
  ...more,
});
const c1 = { declared: WEB, at: "c1" };
const hotfix = { ...c1, edit: [["name: api\n", "name: api-hotfix\n"]] };
const written = (manager: string, time: string, operation = "Update") => ({
  managers: [{ manager, operation, time, fields: [BACKEND] }],
});

const SIZE = "nginx.ingress.kubernetes.io/proxy-body-size";
const bodySize = { ...c1, edit: [[`${SIZE}: 8m`, `${SIZE}: 64m`]] };
const sizeBy = (manager: string, time: string) => ({
  ...{ manager, time },
  fields: [`metadata.annotations["${SIZE}"]`],
});

const MONDAY = "2026-03-02T10:00:00Z";
const TUESDAY = "2026-03-03T10:00:00Z";
const log = (...events: object[]) => [
  { id: "e1", at: "2026-03-01T09:05:00Z", by: "argocd", verb: "create", after: { declared: WEB, at: "c1" } },
  ...events,
];

interface Story {
  readonly that: string;
  readonly git?: readonly object[];
  readonly log?: readonly object[];
  readonly monday: Partial<ScheduledRun> & { readonly live: readonly object[] };
  readonly tuesday: Partial<ScheduledRun> & { readonly live: readonly object[] };
  /** What the closing comment says after the field. */
  readonly cause: RegExp;
}

const STORIES: readonly Story[] = [
  {
    that: "a commit that arrived, and a list of which managedFields knows the last writer alone",
    git: [C1, moved("2026-03-02T09:00:00Z", "api", "api-v2")],
    monday: { live: [c1] },
    tuesday: {
      live: [
        { declared: WEB, at: "to-api-v2", ...written("argocd-controller", "2026-03-02T12:00:00Z", "Apply") },
      ],
    },
    cause: /: commit .* “web: api to api-v2” by Bo Chen .* \(`bochen`\) reached the cluster$/,
  },
  {
    that: "a hotfix that a person reverted, known from the audit log",
    log: log(
      {
        id: "e2",
        at: "2026-03-02T08:00:00Z",
        by: "alice",
        verb: "patch",
        after: { edit: [["name: api\n", "name: api-hotfix\n"]] },
      },
      {
        id: "e3",
        at: "2026-03-02T12:03:00Z",
        by: "alice",
        verb: "patch",
        after: { edit: [["name: api-hotfix\n", "name: api\n"]] },
      },
    ),
    monday: { live: [{ after: "e2" }] },
    tuesday: { live: [{ after: "e3" }] },
    cause:
      /: `alice@example\.com` \(`kubectl\/v1\.36\.3`\) reverted it to Git’s value at 2026-03-02 12:03:00 UTC$/,
  },
  {
    that: "a hotfix in a list that a program wrote since",
    monday: { live: [{ ...hotfix, ...written("kubectl-edit", "2026-03-02T08:00:00Z") }] },
    tuesday: { live: [{ ...c1, ...written("kubectl-patch", "2026-03-02T12:03:00Z") }] },
    cause:
      /nothing shows who did it: no audit log was given; managedFields says that the program kubectl-patch last wrote the list that holds it at 2026-03-02T12:03:00Z, and cannot say which entry$/,
  },
  {
    that: "a hotfix that a program reverted: a program’s name is no person’s",
    monday: { live: [{ ...bodySize, managers: [sizeBy("kubectl-edit", "2026-03-02T08:00:00Z")] }] },
    tuesday: { live: [{ ...c1, managers: [sizeBy("kubectl-patch", "2026-03-02T12:03:00Z")] }] },
    cause:
      /: someone using `kubectl-patch` \(a program’s name; who ran it is not known\) reverted it to Git’s value at 2026-03-02 12:03:00 UTC$/,
  },
  {
    that: "a hotfix that went away, and a manager who wrote before it was last seen",
    monday: { live: [{ ...hotfix, ...written("kubectl-edit", "2026-03-02T08:00:00Z") }] },
    tuesday: { live: [{ ...c1, ...written("kubectl-edit", "2026-03-02T08:00:00Z") }] },
    cause: /: the cluster went back to Git’s value, and nothing shows who did it: no audit log was given$/,
  },
  {
    that: "a hotfix that Git adopted",
    git: [
      C1,
      moved("2026-03-02T12:00:00Z", "api", "api-hotfix", { author: ANN, message: "web: keep it (#123)" }),
    ],
    monday: { live: [hotfix] },
    tuesday: { live: [hotfix] },
    cause:
      /: Git adopted the cluster’s value in commit .* in pull request \[`#123`\]\(.*\) by Ann Lee .* \(`ann-lee`\)$/,
  },
  {
    that: "a hotfix that a rewritten history holds: by whom is not known",
    monday: { live: [hotfix] },
    tuesday: {
      live: [c1],
      git: [{ ...C1, at: "2026-03-01T09:00:01Z", edit: { [WEB]: [["name: api\n", "name: api-hotfix\n"]] } }],
    },
    cause:
      /: Git adopted the cluster’s value in a commit that is not known: the commit of the earlier audit is not in this history any more$/,
  },
  {
    that: "a pending change that was taken back",
    git: [
      C1,
      moved("2026-03-02T09:00:00Z", "api", "api-v2"),
      moved("2026-03-02T12:00:00Z", "api-v2", "api", { author: ANN }),
    ],
    monday: { live: [c1] },
    tuesday: { live: [c1] },
    cause: /: Git went back to the cluster’s value in commit .* “web: api-v2 to api” by Ann Lee/,
  },
  {
    that: "two commits, of which the second arrived",
    git: [
      C1,
      moved("2026-03-02T09:00:00Z", "api", "api-v2"),
      moved("2026-03-02T12:00:00Z", "api-v2", "api-v3", { author: ANN }),
    ],
    monday: { live: [c1] },
    tuesday: { live: [{ declared: WEB, at: "to-api-v3" }] },
    cause: /: commit .* “web: api-v2 to api-v3” by Ann Lee .* reached the cluster$/,
  },
  {
    that: "an Ingress that is gone on both sides",
    git: [
      C1,
      {
        commit: "c2",
        author: BO,
        at: "2026-03-02T12:00:00Z",
        message: "drop web",
        delete: [WEB],
        files: { "deploy/blog.yaml": { manifest: "blog" } },
      },
    ],
    monday: { live: [hotfix] },
    tuesday: { live: [{ declared: "deploy/blog.yaml", at: "c2" }] },
    cause:
      /: the Ingress was removed from both Git and the cluster; Git removed it in commit .* “drop web” by Bo Chen/,
  },
  {
    that: "an Ingress that was deleted by hand and applied again",
    log: log(
      { id: "e2", at: "2026-03-02T08:00:00Z", by: "alice", verb: "delete" },
      {
        id: "e3",
        at: "2026-03-02T12:00:00Z",
        by: "argocd",
        verb: "create",
        after: { declared: WEB, at: "c1" },
      },
    ),
    monday: { live: [] },
    tuesday: { live: [{ after: "e3" }] },
    cause:
      /- ✅ the whole Ingress is resolved: `system:serviceaccount:argocd:argocd-application-controller` \(a deployer\) applied Git’s value again at 2026-03-02 12:00:00 UTC$/,
  },
  {
    that: "a difference that the configuration ignores from now on",
    monday: { live: [hotfix] },
    tuesday: {
      live: [hotfix],
      audit: {
        config: {
          ignore: [
            {
              name: "hotfixes",
              reason: "Allowed until May.",
              fields: ["spec.rules[*].http.paths[*].backend"],
            },
          ],
        },
      },
    },
    cause:
      /: it still differs, and the rule `hotfixes` of the configuration now leaves it out: Allowed until May\.$/,
  },
];

describe("an issue is closed with the cause:", () => {
  test.each(STORIES)("$that", async ({ git = [C1], log: events, monday, tuesday, cause }) => {
    await using story = await DriftStory.begin({ git, log: events ?? null });
    const opened = await story.run({ at: MONDAY, ...monday });
    const closed = await story.run({ at: TUESDAY, ...tuesday });
    const lines = story.server.comments(1).flatMap(({ body }) => body.split("\n"));
    expect(opened.issues).toMatchObject([{ outcome: "opened" }]);
    expect(closed.issues).toMatchObject([{ outcome: "closed", rule: "resolved" }]);
    expect(story.server.issues()[0]).toMatchObject({ state: "closed", stateReason: "completed" });
    expect(lines.filter((line) => line.startsWith("- "))).toEqual([expect.stringMatching(cause)]);
  });
});
