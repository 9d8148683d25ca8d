import type { Identity } from "../../test/support/repository/build-repository.ts";

/** Everyone is made up. Those with a token in the test cluster act there under the same address. */
export const alice: Identity = { name: "Alice Moreau", email: "alice@example.com" };
export const bob: Identity = { name: "Bob Tanaka", email: "bob@example.com" };
/** Bob before he set up his new laptop; .mailmap knows. */
export const oldBob: Identity = { name: "btanaka", email: "bob@laptop.example.com" };
export const carol: Identity = { name: "Carol Silva", email: "carol@example.com" };
export const dan: Identity = { name: "Dan Okafor", email: "dan@example.com" };
export const erin: Identity = { name: "Erin Novak", email: "erin@example.com" };

export const MAILMAP = "Bob Tanaka <bob@example.com> <bob@laptop.example.com>\n";
