/**
 * What rendering a manifest costs beside parsing it: 500 manifests of about one kilobyte, as a multiple of the time
 * that the `yaml` package alone takes for them. Medians of nine runs.
 *
 * Run: npx node bench/render.ts
 */
import { parse } from "yaml";
import { plainRenderer } from "../src/adapters/render/plain-renderer.ts";
import { ingressText, pathOf } from "./generated-repository.ts";

const FILES = 500;
const RUNS = 9;

const texts = Array.from({ length: FILES }, (_, file) => `${ingressText(file, 1)}${"#".repeat(500)}\n`);
const files = texts.map((text, file) => ({
  path: pathOf(file),
  content: Buffer.from(text),
  defaultNamespace: null,
}));

const runs = Array.from({ length: RUNS + 1 }, () => ({
  parseMs: time(() => texts.map((text) => parse(text))),
  renderMs: time(() => files.map((file) => plainRenderer.render(file))),
})).slice(1);
const ratio = median(runs.map(({ parseMs, renderMs }) => renderMs / parseMs));
console.log(
  `${FILES} manifests, medians of ${RUNS} runs: parsed in ${median(runs.map((run) => run.parseMs)).toFixed(0)} ms,`,
);
console.log(
  `rendered in ${median(runs.map((run) => run.renderMs)).toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
);

function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
