import { adoptionSteps } from "../../compare/adoption-edits.ts";
import { AuditError } from "../../model/audit-error.ts";
import { ingressKey, type RawPath } from "../../model/ingress.ts";
import type { DeclaredPlace } from "../../ports/file-editor.ts";
import type { FoundChange } from "./adopt-request.ts";
import type { Search } from "./search.ts";

/**
 * Write the chosen fields into the manifest that declares the Ingress.
 *
 * @throws {AuditError} `not-editable`, `v1beta1-manifest`.
 */
export async function changeManifest(search: Search): Promise<FoundChange> {
  const { editor, chosen, liveObject } = search;
  const { path, content, declared } = await findManifest(search);
  const prefixed = (at: RawPath) => [...declared.path, ...at];
  const steps = adoptionSteps(declared.object, liveObject, chosen);
  let edited = content;
  const written = steps.flatMap(({ divergences, edits }) => {
    const place = { document: declared.document, path: prefixed(edits[0]?.path ?? []) };
    const line = editor.lineOf(edited, place);
    for (const edit of edits) {
      const change = { document: declared.document, edit: { ...edit, path: prefixed(edit.path) } };
      edited = editor.edit(edited, change);
    }
    return divergences.map((divergence) => ({ divergence, place: { path, line } }));
  });
  return { contents: new Map([[path, edited]]), written };
}

/** Take the Ingress out of the file that declares it. */
export async function removeManifest(search: Search): Promise<FoundChange> {
  const { path, content, declared } = await findManifest(search);
  const left = search.editor.remove(content, declared);
  const place = { path, line: declared.line };
  return {
    contents: new Map([[path, left]]),
    written: search.chosen.map((divergence) => ({ divergence, place })),
  };
}

interface FoundManifest {
  readonly path: string;
  readonly content: Buffer;
  readonly declared: DeclaredPlace;
}

async function findManifest({ desired, before, read, editor, file }: Search): Promise<FoundManifest> {
  const { id, origin } = desired;
  const path = before.links.get(origin.path) ?? origin.path;
  if (file !== null && file !== path) {
    throw new AuditError({
      code: "usage",
      what: `${ingressKey(id)} is declared in ${path}, and not in ${file}`,
      mend: "Leave --file out.",
    });
  }
  const content = await read(path);
  const defaultNamespace = before.plan.request.namespaceFor(origin.path) ?? id.namespace;
  const declared = content === null ? null : editor.find({ path, content, defaultNamespace }, id);
  if (content === null || declared === null)
    throw new RangeError(`${path} does not declare ${ingressKey(id)} any more`);
  if (declared.object.apiVersion !== "networking.k8s.io/v1") throw oldVersion(path, declared);
  return { path, content, declared };
}

function oldVersion(path: string, { object, line }: DeclaredPlace): AuditError {
  return new AuditError({
    code: "v1beta1-manifest",
    what: `The manifest is ${String(object.apiVersion)}, and what is live is networking.k8s.io/v1`,
    where: { file: `${path}:${line}` },
    mend: "Convert it to networking.k8s.io/v1 first; no API server takes the old version any more.",
  });
}
