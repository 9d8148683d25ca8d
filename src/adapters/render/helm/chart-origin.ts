import path from "node:path/posix";
import type { IngressObject } from "../../../model/ingress.ts";
import { isJsonObject } from "../../../model/json.ts";
import type { HelmSource } from "../../../model/source.ts";

/**
 * Which template an object comes from, by the comment that helm puts before each document.
 *
 * @returns a function that finds the template by the object's name; null where two templates print that name.
 */
export function chartOrigin(source: HelmSource, stdout: string) {
  const templates = Map.groupBy(documents(stdout), ({ name }) => name);
  return (object: IngressObject) => {
    const { name } = isJsonObject(object.metadata) ? object.metadata : {};
    const [template, ...others] = templates.get(String(name)) ?? [];
    const isClear = template !== undefined && others.every((other) => other.path === template.path);
    return { path: isClear ? inRepository(template.path, source) : null, object };
  };
}

function documents(stdout: string): readonly { readonly name: string; readonly path: string }[] {
  return stdout.split(/^---$/m).flatMap((document) => {
    const path = /^# Source: (.+)$/m.exec(document)?.[1];
    const name = /^ {2}name:\s*["']?([^\s"'#]+)/m.exec(document)?.[1];
    return path === undefined || name === undefined ? [] : [{ name, path }];
  });
}

/** helm names a template by its chart's name, as Chart.yaml has it, and not by the chart's folder. */
function inRepository(template: string, { chart }: HelmSource): string {
  return path.join(chart, template.slice(template.indexOf("/") + 1));
}
