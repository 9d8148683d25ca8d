import { onceForEach } from "../../model/once-for-each.ts";

/** What a file's templates may make of `kind`. */
export interface ComposedKind {
  /** Whether they may put one together that no file holds as a whole: `kind: {{ title .x }}`. */
  readonly isComposed: boolean;
  /** Whether one is a value word for word, which some file then holds, unless {@link changesValues}. */
  readonly isValue: boolean;
  readonly changesValues: boolean;
  /** Whether one has a `$` in it, which Flux may substitute. */
  readonly isVariable: boolean;
}

const NONE: ComposedKind = { isComposed: false, isValue: false, changesValues: false, isVariable: false };

/**
 * Looks at each `kind` of a template, or of values that may be run as one. A kind that is written out, is one of several
 * that are, or is a value as it stands cannot be Ingress where nothing holds that word.
 */
export const composedKind = onceForEach((content: Buffer): ComposedKind => {
  if (!content.includes("{{") && !content.includes("kind")) return NONE;
  const text = content.toString("latin1");
  const values = [...text.matchAll(KEY)].map(([, value = ""]) => value);
  const found = values.map(readKind);
  return {
    isComposed: found.includes("composed") || DECODING.test(text) || QUOTED_KEY.test(text),
    isValue: found.includes("value"),
    changesValues: CHANGING_VALUES.test(text),
    isVariable: values.some((value) => value.includes("$")),
  };
});

/** The key, and the rest of the line on which its value begins. */
const KEY = /(?<![\w$.])kind["'`]?\s*:(?!=)\s*(?:[|>][-+\d]*\s*\n\s*)?([^\n]*)/gi;

/** A key that is an argument, of `dict` or `set`, but for one whose value is a word after it. */
const QUOTED_KEY = /["'`]kind["'`](?:\s+[($.]|[ \t]+[a-z]|\s*-?\}\})/i;

/** Text that no file shows as it is. */
const DECODING = /\bb(?:64|32)dec\b/;

/** `set .Values "kind" (title "ingress")`. */
const CHANGING_VALUES = /\b(?:set|unset|merge\w*|mustMerge\w*)\s+\(?\s*\$?\.Values\b/;

const ACTION = /\{\{-?\s*(.*?)\s*-?\}\}/g;
const CONTROL = /^(?:if|else|end|with|range|\/\*)(?!\w)/;
const VALUE =
  /^["']?\{\{-?\s*\$?\.Values(?:\.\w+)+(?:\s*\|\s*(?:quote|squote|trim|default\s+"\w+"))*\s*-?\}\}["']?\s*(?:#.*)?$/;

/** What `title` would make the word of. */
const OTHER_CASE = /^["']?(?!Ingress\b)[Ii][Nn][Gg][Rr][Ee][Ss][Ss]\b/;

function readKind(value: string): "written" | "value" | "composed" {
  // An alias, and what stands within an action: `{{ printf "kind: %s" .x }}`.
  if (/^(?:\*|["'`]?%)/.test(value) || /^(?:(?!\{\{).)*\}\}/.test(value)) return "composed";
  if (!value.includes("{{")) return OTHER_CASE.test(value) ? "composed" : "written";
  if (VALUE.test(value.trimEnd())) return "value";
  return isChoice(value) ? "written" : "composed";
}

/** `{{ if .x }}Role{{ else }}ClusterRole{{ end }}`: nothing that the word could begin with. */
function isChoice(value: string): boolean {
  const actions = [...value.matchAll(ACTION)].map(([, action = ""]) => action);
  const isOpened = actions.filter((action) => /^(?:if|with|range)\b/.test(action)).length;
  const isClosed = actions.filter((action) => /^end\b/.test(action)).length;
  const parts = value.split(ACTION).filter((_, index) => index % 2 === 0);
  const words = parts.map((part) => part.trim().replace(/^["']/, "")).filter((part) => part !== "");
  return (
    isOpened === isClosed &&
    actions.every((action) => CONTROL.test(action)) &&
    !words.some((word) => "Ingress".startsWith(word))
  );
}
