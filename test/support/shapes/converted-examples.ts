import { type ShapedHistory, type ShapedIngress, ShapeRecorder, shapedManifest } from "./shaped-history.ts";

const EXAMPLES = 45;
const AUTHORS = 45;
const COMMITS = 1500;
const DEPLOYED_AT = 1350;

type Version = "extensions/v1beta1" | "networking.k8s.io/v1beta1" | "networking.k8s.io/v1";

interface Example {
  readonly ingress: ShapedIngress;
  version: Version;
}

/**
 * A project's examples beside its documentation: 45 authors, and manifests that go from `extensions/v1beta1` over
 * `networking.k8s.io/v1beta1` to `v1`, some before the last deployment and some after it. Each folder has its namespace
 * from the configuration.
 */
export function convertedExamples(seed: number): ShapedHistory {
  const recorder = new ShapeRecorder(seed, AUTHORS);
  const { random } = recorder;
  const examples = Array.from({ length: EXAMPLES }, (_, index) => newExample(index));
  recorder.ingresses.push(...examples.map(({ ingress }) => ingress));
  recorder.commit("Start", {
    ".ingress-audit.yaml": configuration(examples),
    ...Object.assign({}, ...examples.map(filesOf)),
  });
  while (recorder.commits < COMMITS) {
    if (recorder.commits === DEPLOYED_AT) recorder.deploy();
    const example = random.pick(examples);
    const { ingress } = example;
    const kind = random.weighted({ docs: 80, service: 6, timeout: 6, convert: 5, comment: 3 });
    if (kind === "service") {
      ingress.service = recorder.fresh(ingress.namespace);
      recorder.commit("Another backend", filesOf(example), [[ingress, "service"]]);
    } else if (kind === "timeout") {
      ingress.timeout = recorder.freshNumber();
      recorder.commit("Another timeout", filesOf(example), [[ingress, "timeout"]]);
    } else if (kind === "convert" && example.version !== "networking.k8s.io/v1") {
      example.version =
        example.version === "extensions/v1beta1" ? "networking.k8s.io/v1beta1" : "networking.k8s.io/v1";
      recorder.commit(`Use ${example.version}`, filesOf(example), []);
    } else if (kind === "comment") {
      const [[path, text] = ["", ""]] = Object.entries(filesOf(example));
      recorder.commit("Explain", { [path]: `${text}# ${recorder.fresh("see")}\n` }, []);
    } else {
      recorder.commit("Docs", { [`docs/${ingress.namespace}.md`]: `${recorder.fresh("text")}\n` });
    }
  }
  return recorder.finish();
}

function newExample(index: number): Example {
  const namespace = `example${index}`;
  // The same name in many folders, which the configuration keeps apart.
  const name = index % 3 === 0 ? "nginx-test" : `web${index}`;
  const ingress = {
    namespace,
    name,
    host: `${namespace}.example.com`,
    service: `${namespace}-v0`,
    timeout: "60",
  };
  return { ingress, version: index % 2 === 0 ? "extensions/v1beta1" : "networking.k8s.io/v1beta1" };
}

function configuration(examples: readonly Example[]): string {
  const sources = examples.map(
    ({ ingress: { namespace } }) => `  - { paths: [docs/${namespace}], namespace: ${namespace} }\n`,
  );
  return `sources:\n${sources.join("")}`;
}

function filesOf({ ingress, version }: Example): Record<string, string> {
  const path = `docs/${ingress.namespace}/ingress.yaml`;
  if (version === "networking.k8s.io/v1") return { [path]: shapedManifest(ingress) };
  const { name, host, service, timeout } = ingress;
  return {
    [path]: `apiVersion: ${version}
kind: Ingress
metadata:
  name: ${name}
  annotations:
    nginx.ingress.kubernetes.io/proxy-read-timeout: "${timeout}"
spec:
  ingressClassName: nginx
  rules:
  - host: ${host}
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          serviceName: ${service}
          servicePort: 80
`,
  };
}
