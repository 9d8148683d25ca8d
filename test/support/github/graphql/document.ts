/** The part of GraphQL's language that a client of GitHub's uses for reading. @see https://spec.graphql.org/October2021/ */
export type Value =
  | { readonly kind: "literal"; readonly value: unknown }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, Value> };

export interface FieldSelection {
  readonly kind: "field";
  /** Under what name the answer has it. */
  readonly key: string;
  readonly name: string;
  readonly args: ReadonlyMap<string, Value>;
  readonly selections: readonly Selection[] | null;
}

export interface FragmentSelection {
  readonly kind: "fragment";
  /** Null where it applies to every type. */
  readonly on: string | null;
  readonly selections: readonly Selection[];
}

export interface SpreadSelection {
  readonly kind: "spread";
  readonly name: string;
}

export type Selection = FieldSelection | FragmentSelection | SpreadSelection;

export interface Variable {
  readonly name: string;
  readonly required: boolean;
  readonly otherwise: Value | null;
}

export interface QueryDocument {
  readonly operation: "query" | "mutation";
  readonly variables: readonly Variable[];
  readonly selections: readonly Selection[];
  readonly fragments: ReadonlyMap<string, FragmentSelection>;
}

export class GraphqlSyntaxError extends Error {}
