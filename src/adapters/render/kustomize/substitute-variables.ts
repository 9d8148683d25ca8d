import { printedDocuments } from "../tool/ingress-documents.ts";

export type Substituted =
  | { readonly kind: "done"; readonly text: string }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Flux's post-build substitution: `${var}`, with the forms of default that it knows. A variable that is not given becomes
 * empty, as Flux does unless its strict mode is on; `$${var}` stays as `${var}`. Where a form is used that is not known
 * here, what Flux would put there is not known either.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function substituteVariables(
  documents: string,
  variables: Readonly<Record<string, string>>,
): Substituted {
  const unknown: string[] = [];
  const texts = printedDocuments(documents).map((document) =>
    isDisabled(document) ? document : substitute(document, variables, unknown),
  );
  return unknown.length === 0
    ? { kind: "done", text: texts.join("---") }
    : { kind: "failed", reason: `its post-build substitution of ${unknown[0]} is of a form not supported` };
}

function isDisabled(document: string): boolean {
  return /^\s*kustomize\.toolkit\.fluxcd\.io\/substitute:\s*["']?disabled/m.test(document);
}

function substitute(text: string, variables: Readonly<Record<string, string>>, unknown: string[]): string {
  return text.replace(/(\$?)\$\{([^}]*)\}/g, (whole, dollar: string, inside: string) => {
    if (dollar !== "") return whole.slice(1);
    const [, name, operator, fallback] = /^([A-Za-z_]\w*)(?:(:?[-=])([^$]*))?$/s.exec(inside) ?? [];
    if (name === undefined) {
      unknown.push(whole);
      return whole;
    }
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const isLacking = operator?.startsWith(":") === true ? (value ?? "") === "" : value === undefined;
    return isLacking ? (fallback ?? "") : (value ?? "");
  });
}
