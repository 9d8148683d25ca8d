/** @param field A formatted field path; empty for the whole object. */
export function fieldName(field: string): string {
  return field === "" ? "the whole Ingress" : field;
}
