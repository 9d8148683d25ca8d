import { AuditError } from "../../model/audit-error.ts";
import type { Divergence } from "../../model/divergence.ts";
import { type IngressObject, ingressKey } from "../../model/ingress.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { FileEditor } from "../../ports/file-editor.ts";
import type { AdoptRequest, FoundChange } from "./adopt-request.ts";

/**
 * A manifest for an Ingress that only the cluster has, in a file of its own or behind what a file has already.
 *
 * @throws {AuditError} `file-needed` where no file is named.
 */
export async function newManifest(
  { id, file }: AdoptRequest,
  editor: FileEditor,
  live: IngressObject,
  whole: Divergence,
  read: (path: string) => Promise<Buffer | null>,
): Promise<FoundChange> {
  if (file === null) {
    throw new AuditError({
      code: "file-needed",
      what: `Only the cluster has ${ingressKey(id)}, so that nothing tells where its manifest belongs`,
      mend: `Name a file that the audit reads, new or not: --file deploy/${id.name}.yaml`,
    });
  }
  const content = await read(file);
  const lines = content === null ? 0 : content.toString("utf8").split("\n").length;
  return {
    contents: new Map([[file, editor.append(content, declarable(live))]]),
    written: [{ divergence: whole, place: { path: file, line: lines + 1 } }],
  };
}

const SERVER_OWNED = [
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "managedFields",
  "selfLink",
];
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** The object as people write it: without what the API server and kubectl keep in it. */
export function declarable({ metadata, spec }: IngressObject): JsonObject {
  const { name, namespace, labels, annotations, ...rest } = isJsonObject(metadata) ? metadata : {};
  const others = Object.entries(rest).filter(([field]) => !SERVER_OWNED.includes(field));
  const kept = isJsonObject(annotations)
    ? Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED)
    : [];
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: name ?? null,
      namespace: namespace ?? null,
      ...(labels === undefined ? {} : { labels }),
      ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }),
      ...Object.fromEntries(others),
    },
    ...(spec === undefined ? {} : { spec }),
  };
}
