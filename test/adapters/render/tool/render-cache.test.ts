import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { renderCache } from "../../../../src/adapters/render/tool/render-cache.ts";
import {
  helmSource,
  ingressText,
  kustomizeSource,
  outline,
  renderFiles,
} from "../../../support/renderers/render-files.ts";
import { removeFolder, temporaryFolder } from "../../../support/repository/temporary-folder.ts";

const FILES = {
  "app/kustomization.yaml": "resources: [web.yaml, secret.yaml]\nnamespace: shop\n",
  "app/web.yaml": ingressText(),
  "app/secret.yaml":
    "apiVersion: v1\nkind: Secret\nmetadata: { name: token }\nstringData: { token: hunter2, note: 'kind: Ingress' }\n",
};

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await temporaryFolder();
  try {
    await use(folder);
  } finally {
    removeFolder(folder);
  }
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(".json")).map((name) => path.join(folder, name));
}

test("the same inputs are rendered once, over two runs, and other inputs again", () =>
  withFolder(async (folder) => {
    const runs: string[] = [];
    const render = (files: object) =>
      renderFiles(
        kustomizeSource("app"),
        { ...FILES, ...files },
        { cache: renderCache(folder), onRun: ({ id }) => runs.push(id) },
      );

    const first = await render({});
    const second = await render({ "elsewhere.yaml": "a: 1" });
    await render({ "app/web.yaml": ingressText({ host: "store.example.com" }) });

    expect(outline(second)).toEqual(outline(first));
    expect(runs).toHaveLength(2);
  }));

test("only Ingresses are kept, readable for the user alone", () =>
  withFolder(async (folder) => {
    await renderFiles(kustomizeSource("app"), FILES, { cache: renderCache(folder) });

    const [entry = ""] = await entriesOf(folder);

    const text = await readFile(entry, "utf8");
    expect(text).toContain("shop.example.com");
    expect(text).not.toMatch(/hunter2|Secret/);
    expect((await stat(entry)).mode & 0o777).toBe(0o600);
  }));

test.each([[""], ["{"], ["null"], ['{"kind":"done"}'], ['{"kind":"done","stdout":7}'], ["\u0000\u0000"]])(
  "an entry that is damaged (%j) is rendered again and mended",
  (damage) =>
    withFolder(async (folder) => {
      const first = await renderFiles(kustomizeSource("app"), FILES, { cache: renderCache(folder) });
      const [entry = ""] = await entriesOf(folder);
      await writeFile(entry, damage);
      const runs: string[] = [];
      const again = () =>
        renderFiles(kustomizeSource("app"), FILES, {
          cache: renderCache(folder),
          onRun: ({ id }) => runs.push(id),
        });

      const rendered = [await again(), await again()];

      expect(rendered.map(outline)).toEqual([outline(first), outline(first)]);
      expect(runs).toHaveLength(1);
    }),
);

test("a folder that cannot be written is no error", () =>
  withFolder(async (folder) => {
    const file = path.join(folder, "file");
    await writeFile(file, "");

    const rendered = await renderFiles(kustomizeSource("app"), FILES, {
      cache: renderCache(path.join(file, "below")),
    });

    expect(outline(rendered)).toHaveLength(1);
  }));

test("two that write at the same time leave whole entries", () =>
  withFolder(async (folder) => {
    const render = () => renderFiles(kustomizeSource("app"), FILES, { cache: renderCache(folder) });

    const rendered = await Promise.all([render(), render(), render()]);

    expect(rendered.map((each) => outline(each).length)).toEqual([1, 1, 1]);
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.includes("."));
    expect(names.map((name) => path.extname(name))).toEqual([".json"]);
  }));

test("a refusal is remembered, a run that was cut short is not", () =>
  withFolder(async (folder) => {
    const runs: string[] = [];
    const settings = { cache: renderCache(folder), onRun: ({ id }: { id: string }) => runs.push(id) };
    const refused = { "app/kustomization.yaml": "resources: [web.yaml]\nnonsense: true\n" };
    const render = (timeoutSeconds: number, files: object) =>
      renderFiles(kustomizeSource("app"), { ...FILES, ...files }, { ...settings, timeoutSeconds });

    const answers = [
      await render(60, refused),
      await render(60, refused),
      await render(0.001, {}),
      await render(60, {}),
    ];

    expect(answers.map(({ problems }) => problems.length)).toEqual([1, 1, 1, 0]);
    expect(answers[2]?.problems[0]?.message).toContain("it took longer than 0.001 s");
    expect(runs).toHaveLength(3);
  }));

test("another version of a tool is another rendering", () =>
  withFolder(async (folder) => {
    await mkdir(folder, { recursive: true });
    const chart = {
      "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 0.1.0\n",
      "c/templates/web.yaml": ingressText({
        host: "v{{ .Capabilities.HelmVersion.Version | trunc 2 }}.test",
      }),
    };
    const runs: string[] = [];
    const render = (helm: "helm3" | "helm4") =>
      renderFiles(helmSource("c"), chart, {
        helm,
        cache: renderCache(folder),
        onRun: ({ id }) => runs.push(id),
      });

    await render("helm3");
    await render("helm4");

    expect(runs).toHaveLength(2);
  }));
