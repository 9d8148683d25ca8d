import { AuditError } from "../../model/audit-error.ts";
import { type IngressId, ingressKey } from "../../model/ingress.ts";

/** @param path Of the input that declares it. */
export function renderedWhole(id: IngressId, path: string): AuditError {
  return new AuditError({
    code: "no-single-place",
    what: `${ingressKey(id)} is rendered, and is gone from the cluster: to let Git lack it is no change of one value`,
    where: { "declared in": path },
    mend: "Take it out of the template or the kustomization by hand.",
  });
}

/** @param why As the end of a sentence. */
export function refused(why: string, files: readonly string[]): AuditError {
  return new AuditError({
    code: "adoption-refused",
    what: `Nothing is adopted, as reading the changed files again shows: ${why}`,
    where: { files: files.join(", ") },
    mend: "Name the fields that can be adopted with --field, or change the files by hand.",
  });
}
