/**
 * Flux's post-build substitution: `${var}`, with the forms of default that it knows. A variable that is not given becomes
 * empty, as Flux does unless its strict mode is on; `$${var}` stays as `${var}`.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function substituteVariables(documents: string, variables: Readonly<Record<string, string>>): string {
  return documents
    .split(/^(?=---)/m)
    .map((document) => (isDisabled(document) ? document : substitute(document, variables)))
    .join("");
}

function isDisabled(document: string): boolean {
  return /^\s*kustomize\.toolkit\.fluxcd\.io\/substitute:\s*["']?disabled/m.test(document);
}

function substitute(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(
    /(\$?)\$\{([A-Za-z_]\w*)(?:(:?[-=])([^}]*))?\}/g,
    (whole, dollar: string, name: string, operator: string | undefined, fallback: string | undefined) => {
      if (dollar !== "") return whole.slice(1);
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      const isLacking = operator?.startsWith(":") === true ? (value ?? "") === "" : value === undefined;
      return isLacking && operator !== undefined ? (fallback ?? "") : (value ?? "");
    },
  );
}
