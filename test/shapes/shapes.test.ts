import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditReport } from "../../src/report/audit-report.ts";
import { type ToolsOnPath, toolsOnPath } from "../support/renderers/tools-on-path.ts";
import type { TestRepository } from "../support/repository/build-repository.ts";
import { removeFolder, temporaryFolder } from "../support/repository/temporary-folder.ts";
import { runCli } from "../support/run-cli.ts";
import { chartMonorepo, REPOSITORY_URL } from "../support/shapes/chart-monorepo.ts";
import { convertedExamples } from "../support/shapes/converted-examples.ts";
import { movedOverlays } from "../support/shapes/moved-overlays.ts";
import { reformattedKustomizations } from "../support/shapes/reformatted-kustomizations.ts";
import { fieldPathOf, keyOf, type ShapedHistory } from "../support/shapes/shaped-history.ts";

let tools: ToolsOnPath;
let cache: string;
beforeAll(async () => {
  tools = await toolsOnPath();
  cache = await temporaryFolder();
});
afterAll(async () => {
  await tools[Symbol.asyncDispose]();
  removeFolder(cache);
});

/** The real tools render each distinct state, and the machine may be busy. */
const timeout = 400_000;

describe("a repository of the shape of a real one is audited right, field by field", () => {
  it("141 kustomizations whose folders move, nearly all committed by the forge", { timeout }, async () => {
    const shape = movedOverlays(1);

    expect(shape.commits).toBe(2954);
    expect(shape.committedByOthers).toBe(2937);
    expect(await answers(shape)).toEqual(truth(shape));
  });

  it("107 kustomizations with patches; 152 of 234 modifications of Ingress files change nothing", {
    timeout,
  }, async () => {
    const shape = reformattedKustomizations(1);

    // One more mends all line endings.
    expect([shape.touching, shape.meaningless]).toEqual([235, 153]);
    expect(await answers(shape)).toEqual(truth(shape));
  });

  it("examples of 45 authors that were converted from v1beta1 to v1 on the way", { timeout }, async () => {
    const shape = convertedExamples(1);

    expect(await answers(shape)).toEqual(truth(shape));
  });

  it("170 charts with 660 values files and 19,000 commits", { timeout }, async () => {
    const shape = chartMonorepo(1);
    const files = [...shape.history.filesAt("main").keys()];

    expect(files.filter((file) => /values[^/]*\.yaml$/.test(file))).toHaveLength(660);
    expect(shape.commits).toBe(19_000);
    expect(await answers(shape)).toEqual(truth(shape));
  });
});

/** By Ingress and field, the subjects and authors are not enough: the very commits, newest first. */
type Answers = Readonly<Record<string, { readonly verdict: string; readonly commits: readonly string[] }>>;

let written: TestRepository;

function truth({ behind, live }: ShapedHistory): Answers {
  const hosts = new Map(
    live.map((each) => {
      const { metadata, spec } = each as unknown as {
        metadata: { namespace: string; name: string };
        spec: { rules: { host: string }[] };
      };
      return [keyOf(metadata), spec.rules[0]?.host ?? ""];
    }),
  );
  const entries = [...behind].map(([key, labels]) => {
    const [ingress = "", field = ""] = key.split(" ");
    const path = fieldPathOf(field as "service" | "timeout", hosts.get(ingress) ?? "");
    return [
      `${ingress} ${path}`,
      { verdict: "pending", commits: labels.map((label) => written.sha(label)) },
    ] as const;
  });
  expect(entries.length).toBeGreaterThan(5);
  return Object.fromEntries(entries);
}

async function answers({ history, live }: ShapedHistory): Promise<Answers> {
  written = await history.write({ remotes: { origin: REPOSITORY_URL } });
  try {
    const folder = await temporaryFolder();
    const snapshot = path.join(folder, "live.json");
    await writeFile(snapshot, JSON.stringify({ apiVersion: "v1", kind: "List", items: live }));
    const args = [
      "audit",
      "--repo",
      written.dir,
      "--ref",
      "main",
      "--snapshot",
      snapshot,
      "--output",
      "json",
    ];
    const { status, stdout, stderr } = await runCli(args, {
      env: { PATH: tools.path, XDG_CACHE_HOME: cache },
    });
    removeFolder(folder);
    const report: AuditReport = JSON.parse(stdout);
    // A snapshot of Ingresses alone, as an older one is.
    expect(report.problems.map(({ code }) => code).sort()).toEqual([
      "ingress-classes-unknown",
      "managed-fields-missing",
    ]);
    expect([status, stderr]).toEqual([1, ""]);
    expect(report.ingresses).toHaveLength(live.length);
    return Object.fromEntries(
      report.ingresses.flatMap((ingress) =>
        ingress.divergences.map(({ field, verdict, commits }) => [
          `${keyOf(ingress)} ${field}`,
          { verdict, commits: commits.map(({ sha }) => sha) },
        ]),
      ),
    );
  } finally {
    written.remove();
  }
}
