import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { runRestore } from "../../../src/audit/restore/run-restore.ts";
import { assemble } from "../../../src/entry/assembly/assemble.ts";
import { shellCommand } from "../../../src/report/restoration/shell-command.ts";
import { repositoryOf } from "../../support/adopt/adopt-in.ts";
import { liveIngress, rule, SIZE, WEB } from "../../support/adopt/live-ingress.ts";

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

const moved = [rule("shop.example.com", "web-v2")];
const noted = { ...SIZE, "example.com/note": "x" };

async function restore(
  declaration: string,
  live: object,
  { kubectlOnly = false, fields = [] as string[] } = {},
) {
  using repository = await repositoryOf({ "deploy/web.yaml": WEB, "apps/shop.yaml": declaration });
  await repository.git("config", "remote.origin.url", "https://git.example.com/shop");
  const snapshot = path.join(repository.dir, ".git", "live.json");
  await writeFile(snapshot, JSON.stringify({ apiVersion: "v1", kind: "List", items: [live] }));
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
  const id = { namespace: "shop", name: "web" };
  const access = () => ({ context: "prod eu", kubeconfig: null });
  const view = await runRestore({ audit: request, id, fields, access, kubectlOnly }, ports);
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
