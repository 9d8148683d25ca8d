import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";
import { z } from "zod";
import { type CaseFile, caseFile } from "./case-format.ts";
import { type Expectation, expectation } from "./expectation-format.ts";

const FOLDER = fileURLToPath(new URL("../../../fixtures/cases/", import.meta.url));

/** One story to run: a case's own, its twin's, or one of those that go with it. */
export interface CaseRun {
  /** `<case>`, `<case> (twin)`, `<case> (…)`. */
  readonly name: string;
  readonly story: Story;
  readonly expect: Expectation;
}

export type Story = Pick<CaseFile, "git" | "audit" | "live" | "classes" | "objects" | "log">;

/**
 * Every case under fixtures/cases, with its twin.
 *
 * @throws {Error} Where there is none, or a folder has no case.yaml.
 */
export function findCases(): { name: string; read: () => CaseRun[] }[] {
  const names = readdirSync(FOLDER).sort();
  if (names.length === 0) throw new Error(`There is no case in ${FOLDER}`);
  return names.map((name) => ({ name, read: () => readCase(name, textOf(name)) }));
}

/** @throws {Error} Where the text is no case: a key unknown, an expectation missing, drift without a twin. */
export function readCase(name: string, text: string): CaseRun[] {
  const parsed = caseFile.safeParse(parseYaml(name, text));
  if (!parsed.success) throw new Error(`${name}/case.yaml: ${z.prettifyError(parsed.error)}`);
  const { expect, twin, also, ...story } = parsed.data;
  if (twin === undefined && [expect, ...also.map((each) => each.expect)].some(expectsDrift)) {
    throw new Error(
      `${name}/case.yaml: drift is expected, and no twin shows that its absence is not reported`,
    );
  }
  return [
    { name, story, expect },
    ...(twin === undefined
      ? []
      : [{ name: `${name} (twin)`, story: overridden(story, twin), expect: twin.expect ?? NOTHING }]),
    ...also.map((each) => ({
      name: `${name} (${each.title})`,
      story: overridden(story, each),
      expect: each.expect,
    })),
  ];
}

/** A twin's report: at least one Ingress was compared, and all agree. */
const NOTHING: Expectation = expectation.parse({ exit: 0 });

function expectsDrift({ divergences }: Expectation): boolean {
  return divergences.length > 0;
}

function textOf(name: string): string {
  const path = `${FOLDER}/${name}/case.yaml`;
  if (!existsSync(path)) throw new Error(`fixtures/cases/${name} has no case.yaml`);
  return readFileSync(path, "utf8");
}

function parseYaml(name: string, text: string): unknown {
  const document = parseDocument(text, { merge: true });
  const [error] = document.errors;
  if (error !== undefined) throw new Error(`${name}/case.yaml: ${error.message}`);
  return document.toJS();
}

type Overrides = { readonly gitMore?: CaseFile["git"] | undefined } & {
  readonly [key in keyof Story]?: Story[key] | undefined;
};

function overridden(story: Story, overrides: Overrides): Story {
  return {
    git: [...(overrides.git ?? story.git), ...(overrides.gitMore ?? [])],
    audit: overrides.audit ?? story.audit,
    live: overrides.live ?? story.live,
    classes: overrides.classes ?? story.classes,
    objects: overrides.objects ?? story.objects,
    log: overrides.log === undefined ? story.log : overrides.log,
  };
}
