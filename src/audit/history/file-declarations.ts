import { type IngressId, type IngressObject, ingressKey } from "../../model/ingress.ts";
import type { RenderedFile } from "../../ports/renderer.ts";

/** What one version of a file declares, so that asking for one of thousands of objects takes no search. */
export interface FileDeclarations {
  readonly objectsOf: (id: IngressId) => readonly IngressObject[];
  /** True where an error of the file may hide the object: it names this one, or none. */
  readonly mayHide: (id: IngressId) => boolean;
}

export function fileDeclarations({ ingresses, problems }: RenderedFile): FileDeclarations {
  const objects = Map.groupBy(ingresses, ({ id }) => ingressKey(id));
  const errors = problems.filter(({ level }) => level === "error");
  const named = new Set(errors.map(({ ingress }) => (ingress === undefined ? null : ingressKey(ingress))));
  return {
    objectsOf: (id) => (objects.get(ingressKey(id)) ?? []).map(({ object }) => object),
    mayHide: (id) => named.has(null) || named.has(ingressKey(id)),
  };
}
