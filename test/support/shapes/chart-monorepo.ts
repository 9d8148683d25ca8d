import { type ShapedHistory, type ShapedIngress, ShapeRecorder, shapedManifest } from "./shaped-history.ts";

const CHARTS = 170;
/** Of values files: one of each chart, and 490 of environments. */
const VALUES_FILES = 660;
const ENVIRONMENTS = ["prod", "int", "dev"] as const;
const WITH_INGRESS = 60;
const COMMITS = 19_000;
const DEPLOYED_AT = 18_000;

export const REPOSITORY_URL = "https://git.example.com/team/charts.git";

interface Chart {
  readonly name: string;
  readonly environments: readonly string[];
  /** What prod runs. */
  readonly ingress: ShapedIngress | null;
}

/**
 * A monorepo: 170 charts, 660 values files and 19,000 commits, of which an ApplicationSet makes one Application for each
 * chart that has values for prod. The chart's own values name the service, prod's the timeout.
 */
export function chartMonorepo(seed: number): ShapedHistory {
  const recorder = new ShapeRecorder(seed, 60);
  const { random } = recorder;
  const charts = Array.from({ length: CHARTS }, (_, index) => newChart(index));
  const withIngress = charts.filter(hasIngress);
  recorder.ingresses.push(...withIngress.map(({ ingress }) => ingress));
  recorder.commit("Start", {
    "environments/prod.yaml": APPLICATION_SET,
    ...Object.assign({}, ...charts.map(filesOf)),
  });
  while (recorder.commits < COMMITS) {
    if (recorder.commits === DEPLOYED_AT) recorder.deploy();
    const chart = random.pick(withIngress);
    const { ingress, name } = chart;
    const kind = random.weighted({ other: 970, service: 8, timeout: 8, unused: 14 });
    if (kind === "service") {
      ingress.service = recorder.fresh(name);
      recorder.commit(`${name}: another service`, valuesOf(chart), [[ingress, "service"]]);
    } else if (kind === "timeout") {
      ingress.timeout = recorder.freshNumber();
      recorder.commit(`${name}: wait longer in prod`, prodValuesOf(chart), [[ingress, "timeout"]]);
    } else if (kind === "unused") {
      // Of another environment, or of no Ingress: nothing that prod serves.
      const path = `applications/${name}/values-dev.yaml`;
      recorder.commit(`${name}: dev`, { [path]: `timeout: "${recorder.freshNumber()}"\n` });
    } else {
      const other = random.pick(charts);
      const path = `applications/${other.name}/README.md`;
      recorder.commit("Docs", { [path]: `${recorder.fresh("text")}\n` });
    }
  }
  return recorder.finish();
}

const APPLICATION_SET = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: prod, namespace: argocd }
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators:
    - git:
        repoURL: ${REPOSITORY_URL}
        files: [{ path: applications/*/values-prod.yaml }]
  template:
    metadata: { name: "{{ .path.basename }}" }
    spec:
      source:
        repoURL: ${REPOSITORY_URL}
        path: "{{ .path.path }}"
        helm: { valueFiles: [values.yaml, values-prod.yaml] }
      destination: { server: "https://kubernetes.default.svc", namespace: "{{ .path.basename }}" }
`;

type WithIngress = Chart & { readonly ingress: ShapedIngress };

function hasIngress(chart: Chart): chart is WithIngress {
  return chart.ingress !== null;
}

function newChart(index: number): Chart {
  const name = `chart${index}`;
  const environments = ENVIRONMENTS.slice(0, index < VALUES_FILES - CHARTS * 3 ? 3 : 2);
  const ingress = {
    namespace: name,
    name: "web",
    host: `${name}.example.com`,
    service: `${name}-v0`,
    timeout: "60",
  };
  return { name, environments, ingress: index < WITH_INGRESS ? ingress : null };
}

function filesOf(chart: Chart): Record<string, string> {
  const folder = `applications/${chart.name}`;
  const files: Record<string, string> = {
    [`${folder}/Chart.yaml`]: `apiVersion: v2\nname: ${chart.name}\nversion: 1.0.0\n`,
    [`${folder}/values.yaml`]: "replicas: 1\n",
    [`${folder}/templates/map.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${chart.name} }\n`,
  };
  for (const environment of chart.environments)
    files[`${folder}/values-${environment}.yaml`] = 'timeout: "1"\n';
  if (!hasIngress(chart)) return files;
  const template = shapedManifest({
    name: "web",
    host: chart.ingress.host,
    service: "SERVICE",
    timeout: "TIMEOUT",
  })
    .replace("SERVICE", "{{ .Values.service }}")
    .replace('"TIMEOUT"', "{{ .Values.timeout | quote }}");
  return {
    ...files,
    [`${folder}/templates/ingress.yaml`]: template,
    ...valuesOf(chart),
    ...prodValuesOf(chart),
  };
}

function valuesOf({ name, ingress }: WithIngress): Record<string, string> {
  return {
    [`applications/${name}/values.yaml`]: `# Of every environment.\nservice: ${ingress.service}\ntimeout: "1"\n`,
  };
}

function prodValuesOf({ name, ingress }: WithIngress): Record<string, string> {
  return { [`applications/${name}/values-prod.yaml`]: `timeout: "${ingress.timeout}"\n` };
}
