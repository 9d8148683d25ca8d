import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { renderCache } from "../../../src/adapters/render/tool/render-cache.ts";
import { toolRenderer } from "../../../src/adapters/render/tool-renderer.ts";
import { runRestore } from "../../../src/audit/restore/run-restore.ts";
import { assemble } from "../../../src/entry/assembly/assemble.ts";
import { shellCommand } from "../../../src/report/restoration/shell-command.ts";
import { repositoryOf } from "../../support/adopt/adopt-in.ts";
import { liveIngress, rule, SIZE, WEB } from "../../support/adopt/live-ingress.ts";
import { toolsOnPath } from "../../support/renderers/tools-on-path.ts";

const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  source: { repoURL: "https://git.example.com/shop", path: deploy }
  destination: { name: in-cluster, namespace: shop }
`;
const KUSTOMIZATION = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  path: ./deploy
  sourceRef: { kind: GitRepository, name: shop }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec: { url: "https://git.example.com/shop" }
`;

const SET = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: shops, namespace: argocd }
spec:
  generators: [{ list: { elements: [{ shop: books }] } }]
  template:
    metadata: { name: "shop-{{shop}}" }
    spec:
      source: { repoURL: "https://git.example.com/shop", path: deploy }
      destination: { name: in-cluster, namespace: shop }
`;
const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: shop }
spec:
  chart: { spec: { chart: charts/web, sourceRef: { kind: GitRepository, name: shop, namespace: flux-system } } }
  values: { service: web }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec: { url: "https://git.example.com/shop" }
`;
const CHART = {
  "charts/web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
  "charts/web/values.yaml": "service: none\n",
  "charts/web/templates/web.yaml": WEB.replace("name: web, port", "name: {{ .Values.service }}, port"),
};

const moved = [rule("shop.example.com", "web-v2")];
const noted = { ...SIZE, "example.com/note": "x" };

interface Asked {
  readonly kubectlOnly?: boolean;
  readonly fields?: readonly string[];
  /** In the place of, or beside, the manifest. */
  readonly files?: Readonly<Record<string, string>>;
  /** Further live objects. */
  readonly cluster?: readonly object[];
}

async function restore(
  declaration: string,
  live: object | null,
  { kubectlOnly = false, fields = [], files = { "deploy/web.yaml": WEB }, cluster = [] }: Asked = {},
) {
  await using tools = await toolsOnPath();
  using repository = await repositoryOf({ ...files, "apps/shop.yaml": declaration });
  await repository.git("config", "remote.origin.url", "https://git.example.com/shop");
  const snapshot = path.join(repository.dir, ".git", "live.json");
  const items = [...(live === null ? [] : [live]), ...cluster];
  await writeFile(snapshot, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  const surroundings = {
    now: new Date("2026-01-01T00:00:00Z"),
    signal: AbortSignal.timeout(60_000),
    stdin: Readable.from([]),
    progress: () => {},
  };
  const { request, ports } = await assemble(
    [],
    { repo: repository.dir, ref: "main", snapshot, color: false },
    surroundings,
  );
  const sourceRenderer = toolRenderer({
    cache: renderCache(null),
    allowNetwork: false,
    parallelism: 2,
    timeoutSeconds: 60,
    path: tools.path,
  });
  const id = { namespace: "shop", name: "web" };
  const access = () => ({ context: "prod eu", kubeconfig: null });
  const view = await runRestore(
    { audit: request, id, fields, access, kubectlOnly },
    { ...ports, sourceRenderer },
  );
  return { text: view.commands.map(shellCommand).join(""), notes: view.notes };
}

test("Argo CD applies an Ingress again that its Application declares, and no other resource", async () => {
  const { text, notes } = await restore(APPLICATION, liveIngress({ rules: moved, annotations: noted }), {
    fields: ["spec"],
  });
  expect(text).toBe("argocd app sync argocd/shop --resource networking.k8s.io:Ingress:shop/web\n");
  expect(notes).toEqual([
    "Application argocd/shop applies what its target revision holds, of this Ingress alone.",
  ]);
});

test("what else it puts back is told", async () => {
  const bigger = { "nginx.ingress.kubernetes.io/proxy-body-size": "64m" };
  const { notes } = await restore(APPLICATION, liveIngress({ rules: moved, annotations: bigger }), {
    fields: ["spec"],
  });
  expect(notes[1]).toBe(
    'It puts back what else Git declares of this Ingress: metadata.annotations["nginx.ingress.kubernetes.io/proxy-body-size"].',
  );
});

test("what Git does not declare is taken out by kubectl, as applying again leaves it", async () => {
  const { text, notes } = await restore(APPLICATION, liveIngress({ annotations: noted }));
  expect(text).toBe(
    "kubectl '--context=prod eu' -n shop annotate ingresses.v1.networking.k8s.io web --overwrite example.com/note-\n",
  );
  expect(notes).toContain(
    "Application argocd/shop applies this Ingress, and does not take out what Git does not declare.",
  );
});

test("Flux reconciles the whole Kustomization, and that is told", async () => {
  const { text, notes } = await restore(KUSTOMIZATION, liveIngress({ rules: moved }));
  expect(text).toBe(
    "flux reconcile kustomization shop '--context=prod eu' --namespace flux-system --with-source\n",
  );
  expect(notes[0]).toMatch(/^Kustomization flux-system\/shop applies everything that it declares/);
});

test("--kubectl prints a patch that tests what it replaces", async () => {
  const { text } = await restore(APPLICATION, liveIngress({ rules: moved }), { kubectlOnly: true });
  const patch = JSON.parse(/--patch=(.*)'\n$/.exec(text)?.[1] ?? "");
  const entry = "/spec/rules/0/http/paths/0";
  expect(patch).toEqual([
    { op: "test", path: "/spec/rules/0/host", value: "shop.example.com" },
    { op: "test", path: `${entry}/path`, value: "/" },
    { op: "test", path: `${entry}/pathType`, value: "Prefix" },
    { op: "test", path: `${entry}/backend/service/name`, value: "web-v2" },
    { op: "replace", path: `${entry}/backend/service/name`, value: "web" },
  ]);
});

test("of an ApplicationSet, the Application that it makes is synced", async () => {
  const { text, notes } = await restore(SET, liveIngress({ rules: moved }));
  expect(text).toBe("argocd app sync argocd/shop-books --resource networking.k8s.io:Ingress:shop/web\n");
  expect(notes).toEqual([
    "Application argocd/shop-books applies what its target revision holds, of this Ingress alone.",
  ]);
});

test("an Application whose manifest names no namespace is named by its name alone", async () => {
  const { text } = await restore(
    APPLICATION.replace(", namespace: argocd", ""),
    liveIngress({ rules: moved }),
  );
  expect(text).toBe("argocd app sync shop --resource networking.k8s.io:Ingress:shop/web\n");
});

test("an Application that respects ignored differences does not restore them, so kubectl does", async () => {
  const ignoring = `${APPLICATION}  ignoreDifferences: [{ group: "*", kind: Ingress, jsonPointers: [/spec/rules] }]
  syncPolicy: { syncOptions: [RespectIgnoreDifferences=true] }
`;
  const { text, notes } = await restore(ignoring, liveIngress({ rules: moved }));
  expect(text).toMatch(/^kubectl .* patch /);
  expect(notes[1]).toBe(
    "Application argocd/shop applies this Ingress, but its own command would not restore it: it ignores differences of Ingresses, also when it syncs.",
  );
});

test("ignored differences of another kind, or in the comparison alone, are synced", async () => {
  const ofServices = `${APPLICATION}  ignoreDifferences: [{ kind: Service, jsonPointers: [/spec] }]
  syncPolicy: { syncOptions: [RespectIgnoreDifferences=true] }
`;
  const compared = `${APPLICATION}  ignoreDifferences: [{ kind: Ingress, jsonPointers: [/spec/rules] }]\n`;
  const texts = await Promise.all(
    [ofServices, compared].map((each) => restore(each, liveIngress({ rules: moved }))),
  );
  expect(texts.map(({ text }) => text.split(" ")[0])).toEqual(["argocd", "argocd"]);
});

test("a HelmRelease is upgraded by force, as Helm does not look at the cluster", async () => {
  const { text, notes } = await restore(RELEASE, liveIngress({ rules: moved }), { files: CHART });
  expect(text).toBe(
    "flux reconcile helmrelease web '--context=prod eu' --namespace shop --with-source --force\n",
  );
  expect(notes).toEqual([
    "HelmRelease shop/web upgrades its whole release, at the newest revision of its chart, not this Ingress alone; --force, as Helm looks at its last release and not at the cluster.",
  ]);
});

test("an Ingress of a HelmRelease that is gone is brought back by an upgrade too", async () => {
  const { text } = await restore(RELEASE, null, { files: CHART, fields: ["."] });
  expect(text).toBe(
    "flux reconcile helmrelease web '--context=prod eu' --namespace shop --with-source --force\n",
  );
});

test("the namespace that a HelmRelease leaves to a kustomization is the one of the live labels", async () => {
  const labels = {
    "helm.toolkit.fluxcd.io/name": "web",
    "helm.toolkit.fluxcd.io/namespace": "apps",
  };
  const declared = RELEASE.replace("name: web, namespace: shop", "name: web");
  const known = await restore(declared, liveIngress({ rules: moved, more: { labels } }), { files: CHART });
  const lost = await restore(declared, liveIngress({ rules: moved }), { files: CHART });
  expect(known.text).toMatch(/^flux reconcile helmrelease web .* --namespace apps /);
  expect(lost.text).toMatch(/^kubectl /);
  expect(lost.notes[1]).toMatch(/: nothing here says in which namespace it is\.$/);
});

test.each([
  ["a Kustomization", KUSTOMIZATION.replace("  path: ./deploy", "  path: ./deploy\n  suspend: true"), {}],
  ["a HelmRelease", RELEASE.replace("  values:", "  suspend: true\n  values:"), { files: CHART }],
])("%s that is suspended refuses to reconcile, so kubectl restores", async (_, declaration, asked) => {
  const { text, notes } = await restore(declaration, liveIngress({ rules: moved }), asked);
  expect(text).toMatch(/^kubectl /);
  expect(notes[1]).toMatch(/ but its own command would not restore it: it is suspended\.$/);
});

test("what the Ingress itself tells Flux to leave alone, kubectl restores", async () => {
  const annotations = { ...SIZE, "kustomize.toolkit.fluxcd.io/reconcile": "disabled" };
  const { text, notes } = await restore(KUSTOMIZATION, liveIngress({ rules: moved, annotations }), {
    fields: ["spec"],
  });
  expect(text).toMatch(/^kubectl .* patch /);
  expect(notes[1]).toMatch(/: an annotation of the Ingress tells it not to\.$/);
});

test("a Kustomization of another cluster is not asked by this one's context", async () => {
  const remote = KUSTOMIZATION.replace(
    "  path: ./deploy",
    "  path: ./deploy\n  kubeConfig: { secretRef: { name: prod } }",
  );
  const { text, notes } = await restore(remote, liveIngress({ rules: moved }));
  expect(text).toBe("flux reconcile kustomization shop --namespace flux-system --with-source\n");
  expect(notes).toContain(
    "Kustomization flux-system/shop is in the cluster that Flux runs in: that is the one to run this against.",
  );
});

test("a Kustomization whose manifest names no namespace is in the one that flux takes", async () => {
  const declared = KUSTOMIZATION.replaceAll(", namespace: flux-system", "");
  const { text } = await restore(declared, liveIngress({ rules: moved }));
  expect(text).toBe("flux reconcile kustomization shop '--context=prod eu' --with-source\n");
});

test("--kubectl tells whether the owner sets again what its revision holds", async () => {
  const healing = `${APPLICATION}  syncPolicy: { automated: { selfHeal: true } }\n`;
  const [heals, syncs] = await Promise.all(
    [healing, APPLICATION].map((each) => restore(each, liveIngress({ rules: moved }), { kubectlOnly: true })),
  );
  expect(heals?.notes[1]).toBe(
    "Application argocd/shop applies this Ingress, and sets again by itself what its own revision holds.",
  );
  expect(syncs?.notes[1]).toBe(
    "Application argocd/shop applies this Ingress, and sets again what its own revision holds when it syncs next.",
  );
});

test("the mark of an owner that nothing else tells of is named, and kubectl restores", async () => {
  const annotations = {
    ...SIZE,
    "argocd.argoproj.io/tracking-id": "team_shop:networking.k8s.io/Ingress:shop/web",
  };
  const { text, notes } = await restore("a: 1\n", liveIngress({ rules: moved, annotations }));
  expect(text).toMatch(/^kubectl /);
  expect(notes[1]).toBe(
    "The live Ingress bears the mark of Application team/shop, which may apply what its own revision holds again.",
  );
});
