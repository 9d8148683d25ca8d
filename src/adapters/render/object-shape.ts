/** The Go type that the API server decodes a JSON value into, as far as it decides what is accepted. */
export type Shape =
  /** `keepsNull`: what becomes of null depends on how it is applied, so that the comparison has to know of it. */
  | { readonly kind: "string"; readonly keepsNull?: true }
  | { readonly kind: "boolean" }
  | { readonly kind: "integer"; readonly bits: 32 | 64 }
  | { readonly kind: "integer-or-string" }
  | { readonly kind: "string-map"; readonly of: Shape; readonly keepsNull?: true }
  | { readonly kind: "list"; readonly of: Shape; readonly keepsNull?: true }
  | { readonly kind: "object"; readonly fields: Readonly<Record<string, Shape>>; readonly keepsNull?: true }
  /** Of no interest here: the server owns it. */
  | { readonly kind: "any" };

export const string: Shape = { kind: "string" };
export const nullableString: Shape = { kind: "string", keepsNull: true };
export const boolean: Shape = { kind: "boolean" };
export const int32: Shape = { kind: "integer", bits: 32 };
export const int64: Shape = { kind: "integer", bits: 64 };
export const integerOrString: Shape = { kind: "integer-or-string" };
export const stringMap: Shape = { kind: "string-map", of: string };
export const nullableStringMap: Shape = { kind: "string-map", of: nullableString };
export const any: Shape = { kind: "any" };

export function list(of: Shape): Shape {
  return { kind: "list", of };
}

/** One whose null has to be known of. */
export function nullable(shape: Shape): Shape {
  return shape.kind === "list" || shape.kind === "object" || shape.kind === "string-map"
    ? { ...shape, keepsNull: true }
    : shape;
}

export function object(fields: Readonly<Record<string, Shape>>): Shape {
  return { kind: "object", fields };
}
