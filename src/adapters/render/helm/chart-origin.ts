import path from "node:path/posix";
import type { IngressObject } from "../../../model/ingress.ts";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import type { HelmSource } from "../../../model/source.ts";
import { printedDocuments } from "../tool/ingress-documents.ts";
import { objectIn } from "../tool/object-of.ts";

/**
 * Which template an object comes from, by the comment that helm puts before each document.
 *
 * @param files  The files that went in: a template in a packed chart is none of them.
 * @param placed Where charts that are given by a path lie, by the folder below the chart that helm finds them in.
 * @returns a function that finds the template by the object's name; null where two templates print that name.
 */
export function chartOrigin(
  { chart }: HelmSource,
  stdout: string,
  files: ReadonlySet<string>,
  placed: ReadonlyMap<string, string>,
) {
  const templates = Map.groupBy(documents(stdout), ({ name }) => name);
  const inRepository = (template: string) => {
    const file = originalPath(path.join(chart, withoutChartName(template)), placed);
    return files.has(file) ? file : null;
  };
  return (object: IngressObject) => {
    const [template, ...others] = templates.get(nameOf(object) ?? "") ?? [];
    const isClear = template !== undefined && others.every((other) => other.path === template.path);
    return { path: isClear ? inRepository(template.path) : null, object };
  };
}

function documents(stdout: string): readonly { readonly name: string; readonly path: string }[] {
  return printedDocuments(stdout).flatMap((document) => {
    const path = /^# Source: (.+)$/m.exec(document)?.[1];
    const name = nameOf(objectIn(document) ?? {});
    return path === undefined || name === null ? [] : [{ name, path }];
  });
}

function nameOf({ metadata }: JsonObject): string | null {
  return isJsonObject(metadata) && typeof metadata.name === "string" ? metadata.name : null;
}

/** helm names a template by its chart's name, as Chart.yaml has it, and not by the chart's folder. */
function withoutChartName(template: string): string {
  return template.slice(template.indexOf("/") + 1);
}

/** A chart that is given by a path may depend on further ones. */
function originalPath(file: string, placed: ReadonlyMap<string, string>): string {
  for (const [folder, original] of placed) {
    if (file.startsWith(`${folder}/`))
      return originalPath(path.join(original, file.slice(folder.length)), placed);
  }
  return file;
}
