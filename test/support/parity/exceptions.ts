import type { FieldPath } from "../../../src/model/field-path.ts";
import { ORDER } from "./field-leaves.ts";

/** A difference that kubectl diff shows and the audit means not to. docs/parity.md has the same table. */
export interface ParityException {
  /** Kebab-case. */
  readonly name: string;
  readonly covers: (path: FieldPath) => boolean;
}

export const EXCEPTIONS: readonly ParityException[] = [
  {
    name: "generation",
    covers: ([metadata, name]) => metadata === "metadata" && name === "generation",
  },
  {
    name: "order-of-tls-hosts",
    covers: (path) => path[1] === "tls" && path.at(-1) === ORDER && path.at(-2) === "hosts",
  },
  {
    name: "order-of-finalizers-and-owners",
    covers: (path) =>
      path.at(-1) === ORDER && (path.at(-2) === "finalizers" || path.at(-2) === "ownerReferences"),
  },
];
