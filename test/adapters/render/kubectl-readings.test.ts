import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { plainRenderer } from "../../../src/adapters/render/plain-renderer.ts";
import { isJsonObject, type Json } from "../../../src/model/json.ts";
import { kubectlCases } from "./kubectl-cases.ts";

interface Reading {
  readonly object?: Json;
  readonly refused?: string;
}

const readings: Readonly<Record<string, readonly Reading[]>> = JSON.parse(
  readFileSync(new URL("kubectl-readings.json", import.meta.url), "utf8"),
);

/** Where another answer than kubectl's is meant, and why. */
const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  [
    "something after the separator",
    "kubectl drops the document before the bad separator too; here that one is read",
  ],
  ["four dashes", "likewise"],
  ["a separator in a block scalar", "an Ingress without a spec is taken for a Kustomize patch"],
  [
    "JSON with a duplicate key",
    "a second kind: two objects run together, of which kubectl drops one silently",
  ],
  ["an empty object", "kubectl asks for a kind; an object without one is no Ingress"],
]);

test("every case is recorded, and nothing else is", () => {
  expect(Object.keys(readings)).toEqual([...kubectlCases().keys()]);
  expect(Object.keys(readings).length).toBeGreaterThan(300);
});

test.each([...kubectlCases()])("reads as kubectl and the API server do: %s", (name, file) => {
  const expected = readings[name] ?? [];
  const { ingresses, problems } = render(file);
  const same = {
    objects: expected.flatMap(({ object }) => (object === undefined ? [] : [asKept(object)])),
    isRefused: expected.some(({ refused }) => refused !== undefined),
  };
  const actual = {
    objects: ingresses.map(({ object }) => asKept(object)),
    isRefused: problems.some(({ level }) => level === "error"),
  };
  if (EXCEPTIONS.has(name)) expect(actual).not.toEqual(same);
  else expect(actual).toEqual(same);
});

function render(file: string) {
  return plainRenderer.render({ path: "a.yaml", content: Buffer.from(file), defaultNamespace: "default" });
}

/** Without what Go leaves out or adds when it writes an object: empty values, the status, the server's own fields. */
function asKept(value: Json): Json {
  if (Array.isArray(value)) return value.map(asKept);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "status" && key !== "creationTimestamp" && key !== "managedFields")
      .map(([key, item]) => [key, key === "annotations" || key === "labels" ? item : asKept(item)] as const)
      .filter(([, item]) => !isEmpty(item)),
  );
}

function isEmpty(value: Json): boolean {
  if (value === null || value === "" || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}
