import { expect, test } from "vitest";
import { Renderings } from "../../../src/audit/rendered/renderings.ts";
import { sourceState } from "../../../src/audit/rendered/source-state.ts";
import type { Problem } from "../../../src/model/problem.ts";
import type { RenderedFile } from "../../../src/ports/renderer.ts";
import type { SourceRenderer } from "../../../src/ports/source-renderer.ts";
import { memoryTree } from "../../support/renderers/memory-tree.ts";
import { kustomizeSource } from "../../support/renderers/render-files.ts";

const PROBLEM: Problem = {
  path: "web.yaml",
  line: null,
  code: "source-not-rendered",
  message: "",
  remedy: "",
  level: "error",
};

/** Says that all files come to the same, and renders those that say so. */
function fake() {
  const asked: string[] = [];
  const renderer: SourceRenderer = {
    inputsOf: async () => ({ files: ["web.yaml"], watched: [], problems: [], reach: () => "the same" }),
    render: async (_, __, tree): Promise<RenderedFile> => {
      const text = String(await tree.read("web.yaml"));
      asked.push(text);
      return { ingresses: [], problems: text.includes("broken") ? [PROBLEM] : [] };
    },
  };
  const stateOf = (text: string) =>
    sourceState(kustomizeSource("."), renderer, memoryTree({ "web.yaml": `kind: Ingress # ${text}\n` }));
  return { asked, renderings: new Renderings(renderer), stateOf };
}

const NONE = () => [].values();
const signal = AbortSignal.timeout(10_000);

test("one rendering is that of every state that can reach an Ingress with the same", async () => {
  const { asked, renderings, stateOf } = fake();
  await renderings.render(await stateOf("one"), signal);

  const known = renderings.of(await stateOf("two"), NONE);

  expect(known?.problems).toEqual([]);
  expect(asked).toHaveLength(1);
});

test("a state that could not be rendered says nothing of another one", async () => {
  const { asked, renderings, stateOf } = fake();
  const broken = await stateOf("broken");
  const whole = await stateOf("whole");
  await renderings.render(broken, signal);

  const first = renderings.of(whole, NONE);
  await renderings.renderAsked(signal);

  expect(first).toBeNull();
  expect(renderings.of(whole, NONE)?.problems).toEqual([]);
  expect(renderings.of(broken, NONE)?.problems).toEqual([PROBLEM]);
  expect(asked).toHaveLength(2);
});
