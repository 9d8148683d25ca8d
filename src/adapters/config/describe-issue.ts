import type { Document } from "yaml";
import type * as z from "zod";
import { nearestName } from "../../model/nearest-name.ts";
import { knownKeys } from "./known-keys.ts";
import type { Mistake } from "./mistake.ts";
import { offsetOfKey, offsetOfValue } from "./place-in-yaml.ts";

type Issue = z.core.$ZodIssue;

/** What is wrong, where, and what was probably meant; an issue about several keys is several mistakes. */
export function describeIssue(issue: Issue, document: Document.Parsed): Mistake[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      offset: offsetOfKey(document, [...issue.path, key]),
      message: `${formatKeys(issue.path)} has no key ${key}. ${suggest(key, knownKeys(issue.path))}`,
    }));
  }
  const isMissing = issue.code === "invalid_type" && issue.message.endsWith("received undefined");
  const name = issue.path.at(-1);
  if (isMissing && name !== undefined) {
    const owner = issue.path.slice(0, -1);
    const message = `${formatKeys(owner)} needs ${String(name)}, ${TYPES[issue.expected] ?? issue.expected}`;
    return [{ offset: offsetOfValue(document, owner), message }];
  }
  return [
    { offset: offsetOfValue(document, issue.path), message: `${formatKeys(issue.path)} ${explain(issue)}` },
  ];
}

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  object: "a map of keys",
  string: "a text",
  boolean: "true or false",
};

function explain(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return "must not be empty";
    default:
      return issue.message;
  }
}

function suggest(key: string, known: readonly string[]): string {
  const near = nearestName(key, known);
  return near === null ? `It may have ${known.join(", ")}.` : `Did you mean ${near}?`;
}

/** `ignore[0].reason`. */
function formatKeys(keys: readonly PropertyKey[]): string {
  if (keys.length === 0) return "the configuration";
  return keys.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}
