import { AuditError } from "../../model/audit-error.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { isGitOpsObject } from "./gitops-objects.ts";

export interface UnwrappedLists {
  /** Every object, those of typed lists with the `apiVersion` and `kind` that the list implies. */
  readonly items: readonly Json[];
  /** The kinds of the objects and of the lists. */
  readonly kinds: ReadonlySet<Json | undefined>;
}

/**
 * Take the objects out of `List`, `IngressList` and `IngressClassList` documents; any other document is an object.
 *
 * @throws {AuditError} `snapshot-incomplete` for a list that says it is not whole, `snapshot-unreadable`.
 */
export function unwrapLists(documents: readonly Json[], source: string): UnwrappedLists {
  const items = documents.flatMap((document) => unwrap(document, source));
  const kinds = new Set([...documents, ...items].map((each) => (isJsonObject(each) ? each.kind : undefined)));
  if (![...kinds].some((kind) => kind === "List" || isRelevant(kind))) {
    throw unreadable(source, "holds neither a list nor an Ingress");
  }
  assertAsked(items, kinds, source);
  return { items, kinds };
}

/** A list of other things, Pods say, was never asked for Ingresses: that it has none tells nothing. */
function assertAsked(items: readonly Json[], kinds: ReadonlySet<Json | undefined>, source: string): void {
  if (items.length === 0 || [...kinds].some(isRelevant) || items.some(isGitOpsObject)) return;
  const found = [...kinds].filter((kind) => typeof kind === "string" && kind !== "List");
  throw unreadable(source, `is a list of ${found.slice(0, 3).join(", ")}, and holds no Ingress`);
}

function isRelevant(kind: Json | undefined): boolean {
  return typeof kind === "string" && /^Ingress(Class)?(List)?$/.test(kind);
}

function unwrap(document: Json, source: string): readonly Json[] {
  if (!isJsonObject(document)) throw unreadable(source, "is no Kubernetes object");
  if (document.kind === "Status") {
    throw unreadable(
      source,
      `is the server's answer "${String(document.message ?? document.status)}", not a list`,
    );
  }
  if (typeof document.kind !== "string" || !document.kind.endsWith("List")) return [document];
  assertWhole(document, source);
  // Go writes a list that it never filled as null.
  const items = document.items === null ? [] : document.items;
  if (!Array.isArray(items)) throw unreadable(source, `is a ${document.kind} without items`);
  return items.map((item: Json) => asTyped(item, document));
}

function assertWhole({ metadata }: JsonObject, source: string): void {
  if (!isJsonObject(metadata)) return;
  const { continue: token, remainingItemCount } = metadata;
  const hasMore = token !== undefined && token !== null && token !== "";
  if (
    !hasMore &&
    (remainingItemCount === undefined || remainingItemCount === null || remainingItemCount === 0)
  ) {
    return;
  }
  throw new AuditError({
    code: "snapshot-incomplete",
    what: `The snapshot ${source} is one page of a longer list`,
    where: { snapshot: source },
    mend: "Take it with kubectl get, which reads every page, and not with a limit.",
  });
}

/** The API's own lists name the type of their items once, kubectl's with each item. */
function asTyped(item: Json, list: JsonObject): Json {
  if (!isJsonObject(item) || list.kind === "List" || typeof list.kind !== "string") return item;
  return { apiVersion: list.apiVersion ?? null, kind: list.kind.slice(0, -"List".length), ...item };
}

function unreadable(source: string, how: string): AuditError {
  return new AuditError({
    code: "snapshot-unreadable",
    what: `The snapshot ${source} ${how}`,
    where: { snapshot: source },
    mend: "Take it with: kubectl get ingress,ingressclass -A -o json --show-managed-fields.",
  });
}
