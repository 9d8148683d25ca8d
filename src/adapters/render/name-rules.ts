/**
 * The forms of names that the API server accepts, with its limits.
 *
 * @see https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/util/validation/validation.go
 */
export function isDnsLabel(name: string): boolean {
  return name.length <= 63 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(name);
}

export function isDnsSubdomain(name: string): boolean {
  return (
    name.length <= 253 && name.split(".").every((part) => /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(part))
  );
}

export function isWildcardSubdomain(name: string): boolean {
  return name.length <= 253 && name.startsWith("*.") && isDnsSubdomain(name.slice(2));
}

/** A label's key, and in lower case an annotation's. */
export function isQualifiedName(key: string): boolean {
  const parts = key.split("/");
  const name = parts.at(-1) ?? "";
  if (parts.length > 2 || (parts.length === 2 && !isDnsSubdomain(parts[0] ?? ""))) return false;
  return name.length > 0 && isLabelValue(name);
}

export function isLabelValue(value: string): boolean {
  return value.length <= 63 && /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/.test(value);
}

export function isPortName(name: string): boolean {
  return name.length <= 15 && /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name);
}

/** Four numbers with dots, or anything with a colon: no name that a host may have. */
export function isIpAddress(host: string): boolean {
  const parts = host.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,10}$/.test(part) && Number(part) <= 255);
}
