import { type Document, LineCounter, parseDocument } from "yaml";
import type * as z from "zod";
import { AuditError } from "../../model/audit-error.ts";
import type { Configuration } from "../../model/configuration.ts";
import type { JsonObject } from "../../model/json.ts";
import { configurationSchema } from "./configuration-schema.ts";
import { describeIssue } from "./describe-issue.ts";
import type { Mistake } from "./mistake.ts";
import { offsetOfKey, offsetOfValue } from "./place-in-yaml.ts";

/**
 * Read `.ingress-audit.yaml`.
 *
 * @param path Where the text comes from, for messages.
 * @throws {AuditError} `config-invalid`: every mistake with its line, its column and how to mend it.
 */
export function parseConfiguration(text: string, path: string): Configuration {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, merge: true });
  const broken = document.errors.map(({ pos, message }) => ({ offset: pos[0], message }));
  if (broken.length > 0) throw invalid(path, broken, counter);
  const checked = configurationSchema.safeParse(toJson(document, path, counter) ?? {});
  if (!checked.success) {
    const mistakes = checked.error.issues.flatMap((issue) => describeIssue(issue, document));
    throw invalid(path, mistakes, counter);
  }
  return toConfiguration(checked.data, (index) => lineOf(counter, offsetOfKey(document, ["ignore", index])));
}

/** An alias without an anchor, or one of too many, shows only now. */
function toJson(document: Document.Parsed, path: string, counter: LineCounter): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw invalid(path, [{ offset: offsetOfValue(document, []), message: error.message }], counter);
  }
}

function toConfiguration(
  written: z.output<typeof configurationSchema>,
  lineOfIgnore: (index: number) => number,
): Configuration {
  const { deployers, clusters, repositories, ignore, sources, ...rest } = written;
  const users = deployers.serviceAccounts.map((each) => `system:serviceaccount:${each.replace("/", ":")}`);
  return {
    ...rest,
    sources: sources.map(toSource),
    clusters: clusters.map((cluster) => ({
      ...cluster,
      namespaces: cluster.namespaces ?? "all",
      sources: cluster.sources.map((each) => ({
        repository: each.repository ?? null,
        source: isWhole(each) ? null : toSource(each),
      })),
    })),
    repositories: repositories.map((each) => ({ ...each, sources: each.sources.map(toSource) })),
    deployers: {
      builtIn: deployers.builtin,
      users: [...deployers.users, ...users],
      fieldManagers: deployers.fieldManagers,
    },
    ignore: ignore.map((rule, index) => ({
      ...rule,
      name: rule.name ?? `ignore-${index + 1}`,
      line: lineOfIgnore(index),
    })),
  };
}

type WrittenSource = z.output<typeof configurationSchema>["sources"][number];

function isWhole({ paths, kustomize, helm }: WrittenSource): boolean {
  return paths === undefined && kustomize === undefined && helm === undefined;
}

function toSource(written: WrittenSource): Configuration["sources"][number] {
  const { paths, kustomize, helm, exclude, namespace } = written;
  return {
    paths: paths ?? [],
    kustomize: kustomize ?? null,
    helm: helm === undefined ? null : { ...helm, values: helm.values as JsonObject | null },
    exclude,
    namespace,
  };
}

function invalid(path: string, mistakes: readonly Mistake[], counter: LineCounter): AuditError {
  const sorted = mistakes.toSorted((left, right) => left.offset - right.offset);
  const lines = sorted.map(({ offset, message }) => {
    const { line, col } = counter.linePos(offset);
    return `${path}:${line}:${col}: ${message}`;
  });
  const first = counter.linePos(sorted[0]?.offset ?? 0);
  return new AuditError({
    code: "config-invalid",
    what: `${lines.length === 1 ? "The configuration has a mistake" : `The configuration has ${lines.length} mistakes`}:\n${lines.join("\n")}`,
    where: { file: path, line: first.line, column: first.col },
    mend: "Mend the lines above; docs/configuration.md describes each key.",
  });
}

function lineOf(counter: LineCounter, offset: number): number {
  return counter.linePos(offset).line;
}
