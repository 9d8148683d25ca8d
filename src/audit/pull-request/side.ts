import type { DesiredIngress } from "../../model/ingress.ts";

/** What Git says of one Ingress at one commit. */
export type Side =
  | { readonly kind: "declared"; readonly ingress: DesiredIngress }
  | { readonly kind: "absent" }
  /** A file that declares it, or may, could not be read. */
  | { readonly kind: "unreadable" };

/** null where it is not declared, or not known to be. */
export function declaredIn(side: Side): DesiredIngress | null {
  return side.kind === "declared" ? side.ingress : null;
}
