import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { findRenderers } from "../../../support/renderers/find-renderers.ts";
import {
  helmSource,
  ingressText,
  outline,
  placeOf,
  renderFiles,
} from "../../../support/renderers/render-files.ts";
import { removeFolder, temporaryFolder } from "../../../support/repository/temporary-folder.ts";

const HOST = ["spec", "rules", 0, "host"];
const CHART = "apiVersion: v2\nname: web-chart\nversion: 0.1.0\n";

const WEB = {
  "charts/web/Chart.yaml": CHART,
  "charts/web/values.yaml": "host: shop.example.com\n",
  "charts/web/templates/ingress.yaml": ingressText({
    name: "{{ .Release.Name }}",
    host: "{{ .Values.host }}",
  }),
};

const printing = (expression: string) => ({
  ...WEB,
  "charts/web/templates/ingress.yaml": ingressText({ host: expression }),
});

const hostOf = (rendered: { ingresses: readonly { object: unknown }[] }) =>
  rendered.ingresses.map(
    ({ object }) => (object as { spec: { rules: { host: string }[] } }).spec.rules[0]?.host,
  );

describe.each(["helm3", "helm4"] as const)("%s", (helm) => {
  test("the release's name and namespace, the template as origin, the values file as place", async () => {
    const source = helmSource("charts/web", { valueFiles: ["envs/prod.yaml"], releaseName: "eu" });
    const files = { ...WEB, "envs/prod.yaml": "# prod\nhost: store.example.com\n" };

    const rendered = await renderFiles(source, files, { helm });

    expect(rendered.problems).toEqual([]);
    expect(rendered.inputs.files).toEqual(Object.keys(files).sort());
    expect(outline(rendered)).toEqual(["shop/eu store.example.com charts/web/templates/ingress.yaml:1"]);
    expect(placeOf(rendered, HOST)).toBe("envs/prod.yaml:2");
  });

  test("a parameter that is a file's text wins over all others, whatever the file is called", async () => {
    const files = { ...WEB, "envs/eu,1.txt": "e.example.com" };
    const source = helmSource("charts/web", {
      values: { host: "c.example.com" },
      set: [{ name: "host", value: "d.example.com", forceString: true }],
      setFiles: [{ name: "host", file: "envs/eu,1.txt" }],
    });

    const rendered = await renderFiles(source, files, { helm });

    expect(rendered.problems).toEqual([]);
    expect(hostOf(rendered)).toEqual(["e.example.com"]);
    expect(rendered.inputs.files).toContain("envs/eu,1.txt");
    expect(rendered.inputs.watched).toContain("envs/eu,1.txt");
    expect(placeOf(rendered, HOST)).toBe("envs/eu,1.txt:1");
  });

  test("a parameter's file that is not there is a problem, and nothing is run", async () => {
    const source = helmSource("charts/web", { setFiles: [{ name: "host", file: "envs/none.txt" }] });

    const rendered = await renderFiles(source, WEB, { helm });

    expect(rendered.problems).toMatchObject([
      {
        path: "envs/none.txt",
        code: "source-not-rendered",
        message: "The file of parameter host, envs/none.txt of helm charts/web is not there",
      },
    ]);
  });

  test("values files in the place of the chart's own leave out what those do not say", async () => {
    const files = {
      ...printing('{{ .Values.host | default "none.example.com" }}{{ .Values.path }}'),
      "envs/prod.yaml": "path: -prod\n",
    };
    const render = (valueFiles: readonly string[], isDefaultReplaced: boolean) =>
      renderFiles(helmSource("charts/web", { valueFiles, isDefaultReplaced }), files, { helm });

    const rendered = [
      await render(["envs/prod.yaml"], false),
      await render(["envs/prod.yaml"], true),
      await render(["charts/web/values.yaml", "envs/prod.yaml"], true),
    ];

    expect(rendered.flatMap(hostOf)).toEqual([
      "shop.example.com-prod",
      "none.example.com-prod",
      "shop.example.com-prod",
    ]);
  });

  test("later values win: files in order, inline values, parameters", async () => {
    const files = { ...WEB, "a.yaml": "host: a.example.com\n", "b.yaml": "host: b.example.com\n" };
    const render = (changes: object) =>
      renderFiles(helmSource("charts/web", { valueFiles: ["a.yaml", "b.yaml"], ...changes }), files, {
        helm,
      });
    const set = [{ name: "host", value: "d.example.com", forceString: false }];
    const values = { host: "c.example.com" };

    const rendered = [await render({}), await render({ values }), await render({ values, set })];

    expect(rendered.flatMap(hostOf)).toEqual(["b.example.com", "c.example.com", "d.example.com"]);
  });

  test("a parameter's commas and shell characters are part of its value; braces make a list", async () => {
    const set = [
      { name: "text", value: "a,b=c;$(id) `x` 'y' \"z\"", forceString: false },
      { name: "number", value: "080", forceString: true },
      { name: "list", value: "{one,two}", forceString: false },
    ];
    const text = '{{ printf "%s|%s|%s" .Values.text .Values.number (join "+" .Values.list) | quote }}';
    const template = ingressText().replace(
      "  name: web\n",
      `  name: web\n  annotations: { text: ${text} }\n`,
    );

    const rendered = await renderFiles(
      helmSource("charts/web", { set }),
      { ...WEB, "charts/web/templates/ingress.yaml": template },
      { helm },
    );

    expect(rendered.ingresses.map(({ object }) => object.metadata)).toMatchObject([
      { annotations: { text: "a,b=c;$(id) `x` 'y' \"z\"|080|one+two" } },
    ]);
  });

  test("capabilities are those that the source gives, helm's own otherwise", async () => {
    const files = printing(
      '{{ .Capabilities.KubeVersion.Minor }}.{{ .Capabilities.APIVersions.Has "example.com/v1" }}.test',
    );
    const changes = { kubeVersion: "1.27.3", apiVersions: ["example.com/v1"] };

    const rendered = await renderFiles(helmSource("charts/web", changes), files, { helm });

    expect(hostOf(rendered)).toEqual(["27.true.test"]);
  });

  test("a chart that is given by a path is found, and its template is named where it lies", async () => {
    const files = {
      "charts/app/Chart.yaml": `${CHART}dependencies: [{ name: web-chart, version: 0.1.0, repository: file://../web }]\n`,
      "charts/app/values.yaml": "web-chart:\n  host: store.example.com\n",
      ...WEB,
    };

    const rendered = await renderFiles(helmSource("charts/app"), files, { helm });

    expect(rendered.problems).toEqual([]);
    expect(rendered.inputs.files).toEqual(Object.keys(files).sort());
    expect(outline(rendered)).toEqual(["shop/shop store.example.com charts/web/templates/ingress.yaml:1"]);
    expect(placeOf(rendered, HOST)).toBe("charts/app/values.yaml:2");
  });

  test("a chart's own JSON and lists of objects are read like YAML", async () => {
    const json = JSON.stringify({
      apiVersion: "v1",
      kind: "List",
      items: [
        { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, stringData: { token: "hunter2" } },
        {
          apiVersion: "networking.k8s.io/v1",
          kind: "Ingress",
          metadata: { name: "json" },
          spec: { defaultBackend: { service: { name: "a", port: { number: 80 } } } },
        },
      ],
    });
    const files = { ...WEB, "charts/web/templates/list.json": "", "charts/web/templates/list.yaml": json };

    const rendered = await renderFiles(helmSource("charts/web"), files, { helm });

    expect(rendered.ingresses.map(({ id }) => id.name).sort()).toEqual(["json", "shop"]);
  });

  test("a template that fails says so in helm's words", async () => {
    const files = printing('{{ required "host must be set" .Values.missing }}');

    const rendered = await renderFiles(helmSource("charts/web"), files, { helm });

    expect(rendered.ingresses).toEqual([]);
    expect(rendered.problems).toMatchObject([{ code: "source-not-rendered", level: "error" }]);
    expect(rendered.problems[0]?.message).toMatch(/host must be set/);
    expect(rendered.problems[0]?.message).not.toContain("--debug");
  });

  test("nothing of the machine is read: no file, no environment, no name of a host", async () => {
    const files = printing(
      '{{ .Files.Get "/etc/passwd" }}{{ .Files.Get "../../../../../../etc/passwd" }}{{ getHostByName "localhost" }}none',
    );

    const rendered = await renderFiles(helmSource("charts/web"), files, { helm });

    expect(hostOf(rendered)).toEqual(["none"]);
  });

  test("names that look like options or need quoting are names", async () => {
    const files = {
      "-x/Chart.yaml": CHART,
      "-x/templates/a.yaml": ingressText({ host: "{{ .Values.host }}" }),
      '-v,"a" $(id).yaml': "host: store.example.com\n",
      "-": "host: dash.example.com\n",
    };
    const source = helmSource("-x", { valueFiles: ["-", '-v,"a" $(id).yaml'], namespace: "shop" });

    const rendered = await renderFiles(source, files, { helm });

    expect(rendered.problems).toEqual([]);
    expect(hostOf(rendered)).toEqual(["store.example.com"]);
  });
});

test("a packed chart in charts/ is rendered, and the chart is the origin of what it holds", async () => {
  const folder = await temporaryFolder();
  const { helm3 } = await findRenderers();
  for (const [file, text] of Object.entries(WEB)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  await promisify(execFile)(helm3, ["package", path.join(folder, "charts/web"), "-d", folder]);
  const packed = await readFile(path.join(folder, "web-chart-0.1.0.tgz"));
  removeFolder(folder);

  const rendered = await renderFiles(helmSource("app"), {
    "app/Chart.yaml": `${CHART}dependencies: [{ name: web-chart, version: 0.1.0, repository: https://charts.example.com }]\n`,
    "app/charts/web-chart-0.1.0.tgz": packed,
  });

  expect(rendered.problems).toEqual([]);
  expect(outline(rendered)).toEqual(["shop/shop shop.example.com app:1"]);
});

test("a dependency that is not there is a clear problem, and nothing is run", async () => {
  const runs: string[] = [];

  const rendered = await renderFiles(
    helmSource("app"),
    {
      "app/Chart.yaml": `${CHART}dependencies: [{ name: redis, version: 1.0.0, repository: https://charts.example.com }]\n`,
    },
    { onRun: ({ id }) => runs.push(id) },
  );

  expect(rendered.problems).toMatchObject([
    {
      code: "missing-dependency",
      path: "app/Chart.yaml",
      message:
        "The chart depends on redis from https://charts.example.com, which charts/ does not hold, and nothing is fetched while rendering",
    },
  ]);
  expect(runs).toEqual([]);
});

test.each([
  [
    "a values file",
    helmSource("charts/web", { valueFiles: ["envs/prod.yaml"] }),
    "The values file envs/prod.yaml of helm charts/web is not there",
  ],
  [
    "a values file of the machine",
    helmSource("charts/web", { valueFiles: ["/etc/passwd"] }),
    "The values file /etc/passwd of helm charts/web is not there",
  ],
  ["a chart", helmSource("charts/other"), "charts/other holds no Chart.yaml, so it is no Helm chart"],
])("%s that is not there is a clear problem", async (_, source, message) => {
  const rendered = await renderFiles(source, WEB);

  expect(rendered.problems.map((problem) => problem.message)).toEqual([message]);
});

test("a dependency by a path that leads out of the repository is not there", async () => {
  const rendered = await renderFiles(helmSource("app"), {
    "app/Chart.yaml": `${CHART}dependencies: [{ name: etc, version: 1.0.0, repository: file://../../../etc }]\n`,
  });

  expect(rendered.problems).toMatchObject([{ code: "missing-dependency" }]);
});
