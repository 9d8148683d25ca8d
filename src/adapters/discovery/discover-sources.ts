import type { Declarer, DiscoveredSource, Discovery, UnrenderedSource } from "../../model/discovery.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Problem } from "../../model/problem.ts";
import type { DiscoveryRequest, SourceDiscovery } from "../../ports/source-discovery.ts";
import { application } from "./argo-cd/application.ts";
import { applicationSources } from "./argo-cd/application-sources.ts";
import { expandApplicationSet } from "./argo-cd/expand-application-set.ts";
import { declaredObjects, type GitOpsObject, isGitOpsObject } from "./declared-objects.ts";
import { gitRepository, helmRelease, kustomization } from "./flux/flux-objects.ts";
import { type FluxSource, kustomizationSource, releaseSource } from "./flux/flux-sources.ts";
import { nonManifests } from "./non-manifests.ts";
import { undeclaredSources } from "./undeclared-sources.ts";

/**
 * Finds the sources of a repository by what declares that they are applied: Argo CD's and Flux's objects, in the cluster
 * and in Git. Where nothing declares anything, each kustomization that no other one uses is taken for one.
 */
export const sourceDiscovery: SourceDiscovery = {
  async discover(request: DiscoveryRequest): Promise<Discovery> {
    const objects = await gitOpsObjects(request);
    const found = [...(await fromArgoCd(objects, request)), ...(await fromFlux(objects, request))];
    const declared = found.flatMap(({ sources }) => sources);
    const undeclared = declared.length > 0 ? [] : await undeclaredSources(request.tree);
    return {
      sources: [...declared, ...undeclared].sort(byDeclarer),
      unrendered: found.flatMap(({ unrendered }) => unrendered),
      isInput: await nonManifests(request.tree),
      problems: found.flatMap(({ problems }) => problems),
    };
  },
};

interface Found {
  readonly sources: readonly DiscoveredSource[];
  readonly unrendered: readonly UnrenderedSource[];
  readonly problems: readonly Problem[];
}

const NOTHING: Found = { sources: [], unrendered: [], problems: [] };

/** The cluster's object is the whole one, with its status; Git's may be patched before it gets there. */
async function gitOpsObjects({ tree, liveObjects }: DiscoveryRequest): Promise<readonly GitOpsObject[]> {
  const live = (liveObjects ?? []).filter(isGitOpsObject).map((object) => ({ object, place: null }));
  const known = new Set(live.map(({ object }) => keyOf(object)));
  const declared = (await declaredObjects(tree)).filter(({ object }) => !known.has(keyOf(object)));
  return [...live, ...declared];
}

function keyOf({ kind, metadata }: JsonObject): string {
  const { name, namespace } = isJsonObject(metadata) ? metadata : {};
  return `${String(kind)} ${String(namespace ?? "")}/${String(name)}`;
}

async function fromArgoCd(
  objects: readonly GitOpsObject[],
  request: DiscoveryRequest,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  const made = new Set(
    objects.filter(({ object }) => object.kind === "Application").map(({ object }) => keyOf(object)),
  );
  for (const { object, place } of objects.filter(isOf("argoproj.io", "Application"))) {
    found.push(applicationFound(object, declarer("Application", object, place), request));
  }
  for (const { object, place } of objects.filter(isOf("argoproj.io", "ApplicationSet"))) {
    const declaredBy = declarer("ApplicationSet", object, place);
    const expanded = await expandApplicationSet(object, null, request.remotes, request.tree);
    // Those that the cluster has already are whole there, with their status.
    if (expanded.kind === "applications") {
      const missing = expanded.applications.filter((each) => !made.has(keyOf(each)));
      found.push(...missing.map((each) => applicationFound(each, declaredBy, request)));
    } else if (request.liveObjects === null) found.push(notExpanded(declaredBy, expanded.reason));
  }
  return found;
}

function applicationFound(object: JsonObject, declaredBy: Declarer, request: DiscoveryRequest): Found {
  const checked = application.safeParse(object);
  // A patch of an Application, as an overlay has it, is none.
  if (!checked.success) return NOTHING;
  return { ...applicationSources(checked.data, declaredBy, request), problems: [] };
}

async function fromFlux(
  objects: readonly GitOpsObject[],
  request: DiscoveryRequest,
): Promise<readonly Found[]> {
  const repositories = objects.flatMap(({ object }) => {
    const checked = gitRepository.safeParse(object);
    return object.kind === "GitRepository" && checked.success ? [checked.data] : [];
  });
  const found: Found[] = [];
  for (const { object, place } of objects.filter(isOf("kustomize.toolkit.fluxcd.io", "Kustomization"))) {
    const checked = kustomization.safeParse(object);
    if (!checked.success) continue;
    const by = declarer("Kustomization", object, place);
    found.push(fluxFound(await kustomizationSource(checked.data, by, repositories, request)));
  }
  for (const { object, place } of objects.filter(isOf("helm.toolkit.fluxcd.io", "HelmRelease"))) {
    const checked = helmRelease.safeParse(object);
    if (!checked.success) continue;
    const by = declarer("HelmRelease", object, place);
    found.push(fluxFound(releaseSource(checked.data, by, repositories, request)));
  }
  return found;
}

function fluxFound(found: FluxSource): Found {
  return found.kind === "source"
    ? { ...NOTHING, sources: [found.source] }
    : { ...NOTHING, unrendered: [found.unrendered] };
}

function isOf(group: string, kind: string): (each: GitOpsObject) => boolean {
  return ({ object }) => object.kind === kind && String(object.apiVersion).startsWith(`${group}/`);
}

function declarer(kind: Declarer["kind"], { metadata }: JsonObject, place: Declarer["place"]): Declarer {
  const { name, namespace } = isJsonObject(metadata) ? metadata : {};
  const prefix = typeof namespace === "string" ? `${namespace}/` : "";
  return { kind, name: `${prefix}${String(name)}`, place };
}

function notExpanded({ name, place }: Declarer, reason: string): Found {
  return {
    ...NOTHING,
    problems: [
      {
        path: place?.path ?? `ApplicationSet ${name}`,
        line: place?.line ?? null,
        code: "source-not-rendered",
        message: `Which Applications the ApplicationSet ${name} makes is not known, because ${reason}`,
        remedy:
          "Let the audit read Applications from the cluster, or name the sources in .ingress-audit.yaml.",
        level: "warning",
      },
    ],
  };
}

function byDeclarer(left: DiscoveredSource, right: DiscoveredSource): number {
  return (
    compareText(left.declaredBy.kind, right.declaredBy.kind) ||
    compareText(left.declaredBy.name, right.declaredBy.name) ||
    compareText(left.source.id, right.source.id)
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
