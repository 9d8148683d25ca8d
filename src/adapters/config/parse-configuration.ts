import { isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { AuditError } from "../../model/audit-error.ts";
import type { Configuration } from "../../model/configuration.ts";
import { configurationSchema } from "./configuration-schema.ts";

/**
 * Read `.ingress-audit.yaml`.
 *
 * @param path Where the text comes from, for messages.
 * @throws {AuditError} `config-invalid`: every mistake with its line and column.
 */
export function parseConfiguration(text: string, path: string): Configuration {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line, col } = counter.linePos(broken.pos[0]);
    throw invalid(path, [`${path}:${line}:${col}: ${broken.message}`]);
  }
  const placeOf = (keys: readonly PropertyKey[]) => {
    for (let depth = keys.length; depth >= 0; depth--) {
      const node = document.getIn(keys.slice(0, depth), true);
      if (isNode(node) && node.range) return counter.linePos(node.range[0]);
    }
    return { line: 1, col: 1 };
  };
  const checked = configurationSchema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {});
  if (!checked.success) {
    throw invalid(
      path,
      checked.error.issues.map((issue) => {
        const { line, col } = placeOf(issue.path);
        return `${path}:${line}:${col}: ${issue.path.join(".") || "the configuration"}: ${issue.message}`;
      }),
    );
  }
  return toConfiguration(checked.data, (index) => placeOf(["ignore", index]).line);
}

function toConfiguration(
  {
    sources,
    clusters,
    deployers,
    controllers,
    ignore,
    failOn,
    minSeverity,
  }: z.output<typeof configurationSchema>,
  lineOfIgnore: (index: number) => number,
): Configuration {
  const serviceAccounts = deployers.serviceAccounts.map(
    (each) => `system:serviceaccount:${each.replace("/", ":")}`,
  );
  return {
    sources,
    clusters: clusters.map((cluster) => ({ ...cluster, namespaces: cluster.namespaces ?? "all" })),
    deployers: {
      builtIn: deployers.builtin,
      users: [...deployers.users, ...serviceAccounts],
      fieldManagers: deployers.fieldManagers,
    },
    controllers,
    ignore: ignore.map((rule, index) => ({
      ...rule,
      name: rule.name ?? `ignore-${index + 1}`,
      line: lineOfIgnore(index),
    })),
    failOn,
    minSeverity,
  };
}

function invalid(path: string, mistakes: readonly string[]): AuditError {
  return new AuditError({
    code: "config-invalid",
    what: `${mistakes.length === 1 ? "The configuration has a mistake" : `The configuration has ${mistakes.length} mistakes`}:\n${mistakes.join("\n")}`,
    where: { file: path },
    mend: "Mend the lines above; docs/configuration.md describes each key.",
  });
}
