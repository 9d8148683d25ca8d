import { type ShapedHistory, type ShapedIngress, ShapeRecorder, shapedManifest } from "./shaped-history.ts";

/** 47 areas of a base and two overlays. */
const AREAS = 47;
const WITH_INGRESS = 12;
const CLUSTERS = ["dogfood", "robots"] as const;
const COMMITS = 2954;
const COMMITTED_BY_AUTHORS = 17;
const DEPLOYED_AT = 2800;

interface Area {
  readonly name: string;
  /** Moves now and then. */
  folder: string;
  readonly service: string;
  readonly ingresses: readonly ShapedIngress[];
}

/**
 * A team's tooling: 141 kustomizations and 2,954 commits, nearly all of them committed by the forge, with folders that
 * move. A base names the service for both overlays; an overlay's patches name the host and the timeout.
 */
export function movedOverlays(seed: number): ShapedHistory {
  const recorder = new ShapeRecorder(seed, 30);
  const { random } = recorder;
  const areas = Array.from({ length: AREAS }, (_, index) => newArea(index));
  recorder.ingresses.push(...areas.flatMap(({ ingresses }) => ingresses));
  recorder.commit("Start", Object.assign({}, ...areas.map(filesOf)));
  while (recorder.commits < COMMITS) {
    if (recorder.commits === DEPLOYED_AT) recorder.deploy();
    const isCommittedByAuthor = recorder.commits <= COMMITTED_BY_AUTHORS;
    const area = random.pick(areas.slice(0, WITH_INGRESS));
    const kind = random.weighted({ noise: 88, comment: 4, service: 2, timeout: 4, move: 2 });
    if (kind === "service") {
      const service = recorder.fresh(area.name);
      for (const each of area.ingresses) each.service = service;
      const reached = area.ingresses.map((each) => [each, "service"] as const);
      recorder.commit(`${area.name}: another service`, filesOf(area), reached, { isCommittedByAuthor });
    } else if (kind === "timeout") {
      const ingress = random.pick(area.ingresses);
      ingress.timeout = recorder.freshNumber();
      recorder.commit(`${area.name}: wait longer`, filesOf(area), [[ingress, "timeout"]], {
        isCommittedByAuthor,
      });
    } else if (kind === "move") {
      const before = Object.keys(filesOf(area)).map((path) => [path, null] as const);
      area.folder = `${random.pick(["tekton", "infra", "tekton/cd", "ops/clusters"])}/${area.name}`;
      recorder.commit(`Move ${area.name}`, { ...Object.fromEntries(before), ...filesOf(area) }, [], {
        isCommittedByAuthor,
      });
    } else if (kind === "comment") {
      const path = `${area.folder}/base/ingress.yaml`;
      const text = String(filesOf(area)[path]);
      recorder.commit("Say why", { [path]: `# ${recorder.fresh("why")}\n${text}` }, [], {
        isCommittedByAuthor,
      });
      // The next change of the area writes its files anew, without the comment.
    } else {
      const other = random.pick(areas);
      const isInput = random.chance(0.05);
      const files: Record<string, string> = isInput
        ? { [`${other.folder}/base/settings.yaml`]: settings(recorder.fresh("image")) }
        : { [`${other.folder}/README.md`]: `${recorder.fresh("text")}\n` };
      recorder.commit("Bump an image", files, null, { isCommittedByAuthor });
    }
  }
  return recorder.finish();
}

function newArea(index: number): Area {
  const name = `area${index}`;
  const service = `${name}-v0`;
  const ingresses = CLUSTERS.map((cluster) => ({
    namespace: `${name}-${cluster}`,
    name: "dashboard",
    host: `${name}.${cluster}.example.com`,
    service,
    timeout: "60",
  }));
  return { name, folder: `tekton/${name}`, service, ingresses: index < WITH_INGRESS ? ingresses : [] };
}

function filesOf({ folder, name, ingresses }: Area): Record<string, string> {
  const [first] = ingresses;
  const manifest = first === undefined ? {} : { [`${folder}/base/ingress.yaml`]: baseManifest(first) };
  const resources = ["settings.yaml", ...(first === undefined ? [] : ["ingress.yaml"])];
  const files: Record<string, string> = {
    ...manifest,
    [`${folder}/base/settings.yaml`]: settings(name),
    [`${folder}/base/kustomization.yaml`]: `resources: [${resources.join(", ")}]\n`,
  };
  CLUSTERS.forEach((cluster, index) => {
    const ingress = ingresses[index];
    files[`${folder}/overlays/${cluster}/kustomization.yaml`] = [
      `namespace: ${name}-${cluster}`,
      "resources: [../../base]",
      ...(ingress === undefined ? [] : patches(ingress)),
      "",
    ].join("\n");
    if (ingress !== undefined) files[`${folder}/overlays/${cluster}/ingress.yaml`] = patch(ingress);
  });
  return files;
}

/** A base's host and timeout are its overlays' to give. */
function baseManifest({ name, service }: ShapedIngress): string {
  return shapedManifest({ name, service, host: "base.example.com", timeout: "1" });
}

function patches({ host }: ShapedIngress): readonly string[] {
  const replace = `- { op: replace, path: /spec/rules/0/host, value: ${host} }`;
  return ["patches:", "  - path: ingress.yaml", "  - target: { kind: Ingress }", `    patch: "${replace}"`];
}

/** It looks like a manifest, and has no namespace. */
function patch({ name, timeout }: ShapedIngress): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  annotations:
    nginx.ingress.kubernetes.io/proxy-read-timeout: "${timeout}"
`;
}

function settings(value: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { value: ${value} }\n`;
}
