import { checkAnswer } from "./check-answer.ts";
import { type CheckedRequest, checkRequest, type RequestParts } from "./check-request.ts";
import { type Product, readOpenApi } from "./open-api.ts";
import { type Operation, OperationFinder, type OperationMatch } from "./operation.ts";
import { SchemaChecker } from "./schema-checker.ts";

/** What GitHub says that its API takes and answers. */
export interface Description {
  /** By GitHub's name of the operation, as `issues/create-comment`. */
  readonly has: (operationId: string) => boolean;
  readonly find: (method: string, path: string) => OperationMatch | undefined;
  readonly checkRequest: (match: OperationMatch, parts: RequestParts) => CheckedRequest;
  /** @returns What in the answer is not as described. */
  readonly checkAnswer: (operation: Operation, status: number, body: unknown) => string[];
}

const loaded = new Map<Product, Description>();

/** One description a process, as it is large; it never changes. */
export function describeProduct(product: Product): Description {
  const known = loaded.get(product);
  if (known !== undefined) return known;
  const document = readOpenApi(product);
  const finder = new OperationFinder(document);
  const checker = new SchemaChecker(document);
  const description: Description = {
    has: (operationId) => finder.has(operationId),
    find: (method, path) => finder.find(method, path),
    checkRequest: (match, parts) => checkRequest(checker, match, parts),
    checkAnswer: (operation, status, body) => checkAnswer(document, checker, operation, { status, body }),
  };
  loaded.set(product, description);
  return description;
}
