import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The parts of an OpenAPI 3.0 document that are used here. @see https://spec.openapis.org/oas/v3.0.3 */
export type Schema = { readonly [keyword: string]: unknown };

export interface Reference {
  readonly $ref: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
  readonly "x-multi-segment"?: boolean;
}

export interface Content {
  readonly [mediaType: string]: { readonly schema?: Schema };
}

export interface OperationObject {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: { readonly [status: string]: { readonly content?: Content } | Reference };
}

export interface Document {
  readonly paths: { readonly [template: string]: { readonly [method: string]: OperationObject } };
  readonly components: { readonly [kind: string]: { readonly [name: string]: Schema } };
}

/** Which of GitHub's products: github.com or an Enterprise Server. */
export type Product = "api.github.com" | "ghes-3.19";

/** Read GitHub's own description: 13 MB, a tenth of a second; so only when the first request comes. */
export function readOpenApi(product: Product): Document {
  const entry = createRequire(import.meta.url).resolve("@octokit/openapi");
  return JSON.parse(readFileSync(join(dirname(entry), "generated", `${product}.json`), "utf8"));
}

export function resolveReference<T extends object>(document: Document, value: T | Reference): T {
  if (!("$ref" in value)) return value;
  const [kind = "", name = ""] = String(value.$ref).replace("#/components/", "").split("/");
  const found = document.components[kind]?.[name];
  if (found === undefined) throw new Error(`GitHub's description has no ${String(value.$ref)}`);
  return found as T;
}
