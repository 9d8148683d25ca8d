import type { RawPath } from "../../model/ingress.ts";

/** `spec.rules[0].host`, `metadata.annotations["a.example.com/b"]`; the empty path is `the object`. */
export function formatRawPath(path: RawPath): string {
  if (path.length === 0) return "the object";
  return path.reduce<string>((text, step) => text + formatStep(step, text === ""), "");
}

function formatStep(step: string | number, isFirst: boolean): string {
  if (typeof step === "number") return `[${step}]`;
  if (!/^[A-Za-z]\w*$/.test(step)) return `[${JSON.stringify(step)}]`;
  return isFirst ? step : `.${step}`;
}
