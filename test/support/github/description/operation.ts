import { type Document, type OperationObject, type Parameter, resolveReference } from "./open-api.ts";

export interface Operation {
  /** As `issues/create-comment`. */
  readonly id: string;
  readonly method: string;
  /** As `/repos/{owner}/{repo}/issues`. */
  readonly template: string;
  readonly parameters: readonly Parameter[];
  readonly object: OperationObject;
}

export interface OperationMatch {
  readonly operation: Operation;
  /** The values of the path's parameters, decoded. */
  readonly path: Readonly<Record<string, string>>;
}

/** Finds the operation that GitHub's description has for a method and a path: the most literal one. */
export class OperationFinder {
  readonly #document: Document;
  readonly #operations: readonly Operation[];

  constructor(document: Document) {
    this.#document = document;
    this.#operations = Object.entries(document.paths).flatMap(([template, methods]) =>
      Object.entries(methods).map(([method, object]) => this.#operation(template, method, object)),
    );
  }

  find(method: string, path: string): OperationMatch | undefined {
    const segments = path.split("/");
    const matches = this.#operations
      .filter((operation) => operation.method === method)
      .flatMap((operation) => {
        const values = matchPath(operation, segments);
        return values === undefined ? [] : [{ operation, path: values }];
      });
    return matches.sort((left, right) => literals(right.operation) - literals(left.operation))[0];
  }

  has(id: string): boolean {
    return this.#operations.some((operation) => operation.id === id);
  }

  #operation(template: string, method: string, object: OperationObject): Operation {
    const parameters = (object.parameters ?? []).map((parameter) =>
      resolveReference<Parameter>(this.#document, parameter),
    );
    return { id: object.operationId, method: method.toUpperCase(), template, parameters, object };
  }
}

function matchPath(operation: Operation, segments: readonly string[]): Record<string, string> | undefined {
  const pattern = operation.template.split("/");
  const values: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    const segment = segments[index];
    if (segment === undefined || (name === undefined && segment !== part)) return undefined;
    if (name === undefined) continue;
    if (index === pattern.length - 1 && takesSlashes(operation, name)) {
      return { ...values, [name]: decodeURIComponent(segments.slice(index).join("/")) };
    }
    if (segment === "") return undefined;
    values[name] = decodeURIComponent(segment);
  }
  return pattern.length === segments.length ? values : undefined;
}

function takesSlashes(operation: Operation, name: string): boolean {
  return operation.parameters.some(
    (parameter) => parameter.name === name && parameter["x-multi-segment"] === true,
  );
}

function literals(operation: Operation): number {
  return operation.template.split("/").filter((part) => !part.startsWith("{")).length;
}
