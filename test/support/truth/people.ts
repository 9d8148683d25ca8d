import type { Identity } from "../repository/build-repository.ts";

/** An author, with the identities under which they commit. The first is the canonical one. */
export interface Author {
  readonly name: string;
  readonly email: string;
  readonly identities: readonly Identity[];
}

/** Eight authors: three with a second identity that .mailmap unifies, one with a name of more than ASCII. */
export const AUTHORS: readonly Author[] = [
  author("Ada Byron", "ada@example.org", { name: "ada", email: "ada@laptop.local" }),
  author("Grace Hopper", "grace@example.org", { name: "Grace H.", email: "ghopper@old.example" }),
  author("Søren Åberg", "soren@example.org"),
  author("Linus T", "linus@example.org"),
  author("Mary Jackson", "mary@example.org", { name: "Mary Jackson", email: "MARY@home.example" }),
  author("Ken Thompson", "ken@example.org"),
  author("Barbara Liskov", "barbara@example.org"),
  author("Radia Perlman", "radia@example.org"),
];

export const MAILMAP = AUTHORS.flatMap(({ name, email, identities }) =>
  identities.slice(1).map((other) => `${name} <${email}> <${other.email}>\n`),
).join("");

function author(name: string, email: string, ...others: readonly Identity[]): Author {
  return { name, email, identities: [{ name, email }, ...others] };
}
