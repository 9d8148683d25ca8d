import { AuditError } from "../../model/audit-error.ts";
import type { LiveIngressClass } from "../../model/ingress.ts";
import type { JsonObject } from "../../model/json.ts";
import type { LiveSnapshot } from "../../ports/cluster-reader.ts";
import { DEFAULT_CLASS, V1 } from "./collect-live-objects.ts";
import { snapshotMarks } from "./snapshot-marks.ts";

/**
 * The live objects in the form that `kubectl get ingress,ingressclass -o json --show-managed-fields` prints, ended by
 * a newline. The list's own annotations say when, of which cluster and of which namespaces it was taken.
 *
 * @throws {AuditError} `snapshot-incomplete` if an object could not be read: a snapshot without it would say that it
 *   is absent.
 */
export function writeSnapshot(live: LiveSnapshot): string {
  const hidden = live.problems.find(({ level }) => level === "error");
  if (hidden !== undefined) {
    throw new AuditError({
      code: "snapshot-incomplete",
      what: `Not every object could be read: ${hidden.message}`,
      mend: hidden.remedy,
    });
  }
  const list = {
    apiVersion: "v1",
    items: [
      ...live.ingresses.map(({ object }) => object),
      ...(live.ingressClasses ?? []).map(ingressClassObject),
    ],
    kind: "List",
    metadata: { annotations: snapshotMarks(live), resourceVersion: "" },
  };
  return `${JSON.stringify(list, null, 4)}\n`;
}

/** As much of it as the audit knows. */
function ingressClassObject({ name, isDefault, controller, createdAt }: LiveIngressClass): JsonObject {
  return {
    apiVersion: V1,
    kind: "IngressClass",
    metadata: {
      ...(isDefault ? { annotations: { [DEFAULT_CLASS]: "true" } } : {}),
      ...(createdAt === undefined ? {} : { creationTimestamp: createdAt }),
      name,
    },
    spec: controller === null ? {} : { controller },
  };
}
