import path from "node:path";
import { expect, test } from "vitest";
import { renderCache } from "../../../src/adapters/render/tool/render-cache.ts";
import { auditSources } from "../../support/renderers/audit-sources.ts";
import { ingressText, kustomizeSource } from "../../support/renderers/render-files.ts";
import { RepositoryBuilder } from "../../support/repository/build-repository.ts";
import { removeFolder, temporaryFolder } from "../../support/repository/temporary-folder.ts";

const COMMITS = 500;
const STATES = 40;

/** Of 500 commits each twelfth or so changes the overlay's host, to one of 40; the others touch what is beside it. */
function longHistory(): RepositoryBuilder {
  const builder = new RepositoryBuilder();
  const author = { name: "Ann Lee", email: "ann@example.com" };
  builder.commit({
    message: "add the shop",
    author,
    files: {
      "base/kustomization.yaml": "resources: [web.yaml]\n",
      "base/web.yaml": ingressText(),
      "prod/kustomization.yaml":
        "resources: [../base]\nnamespace: shop\npatches: [{ path: host.yaml, target: { kind: Ingress } }]\n",
      "prod/host.yaml": hostPatch(0),
    },
  });
  for (let number = 1; number < COMMITS; number += 1) {
    const isChange = number % 6 === 0;
    const state = (number / 6) % STATES;
    builder.commit({
      message: `change ${number}`,
      author,
      files: isChange
        ? { "prod/host.yaml": hostPatch(state) }
        : { [`other/${number % 7}.yaml`]: `n: ${number}\n` },
    });
  }
  return builder;
}

const hostPatch = (state: number) =>
  `- { op: replace, path: /spec/rules/0/host, value: h${state}.example.com }\n`;

test("a history of 500 commits and 40 states is at most 40 renderings, and none the second time", async () => {
  await using repository = await longHistory().write();
  const folder = await temporaryFolder();
  // What no state has: all of them are looked at.
  const live = { host: "never.example.com" };
  const run = () =>
    auditSources(repository, [kustomizeSource("prod")], live, renderCache(path.join(folder, "renders")));

  const first = await run();
  const second = await run();

  expect(first.report.summary).toMatchObject({ desired: 1, live: 1, diverged: 1 });
  expect(first.runs.length).toBeLessThanOrEqual(STATES);
  expect(first.runs.length).toBeGreaterThan(STATES / 2);
  expect(second.report.ingresses).toEqual(first.report.ingresses);
  expect(second.runs).toEqual([]);
  removeFolder(folder);
});

test("what can reach no Ingress costs no rendering, and names nobody", async () => {
  const builder = new RepositoryBuilder();
  const settings = (value: number) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { value: "${value}" }\n`;
  const web = (host: string, note: number) => `# ${note}\n${ingressText({ host, namespace: "shop" })}`;
  const noise = (host: string, from: number) => {
    for (let number = from; number < from + 20; number += 1)
      builder.commit({
        message: `noise ${number}`,
        author: { name: "Cas Orr", email: "cas@example.com" },
        files:
          number % 2 === 0 ? { "prod/map.yaml": settings(number) } : { "prod/web.yaml": web(host, number) },
      });
  };
  builder.commit({
    message: "add",
    author: { name: "Ann Lee", email: "ann@example.com" },
    files: {
      "prod/kustomization.yaml": "resources: [web.yaml, map.yaml]\n",
      "prod/web.yaml": web("a.example.com", 0),
      "prod/map.yaml": settings(0),
    },
  });
  noise("a.example.com", 1);
  const changed = builder.commit({
    message: "move",
    author: { name: "Bob Ray", email: "bob@example.com" },
    files: { "prod/web.yaml": web("b.example.com", 50), "prod/map.yaml": settings(50) },
  });
  noise("b.example.com", 51);
  await using repository = await builder.write();

  const { report, runs } = await auditSources(
    repository,
    [kustomizeSource("prod")],
    { host: "a.example.com" },
    renderCache(null),
  );

  const divergences = report.ingresses.flatMap((each) => each.divergences);
  expect(new Set(divergences.flatMap(({ commits }) => commits.map(({ sha }) => sha)))).toEqual(
    new Set([repository.sha(changed)]),
  );
  expect(runs).toHaveLength(2);
});
