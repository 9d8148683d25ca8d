import { RepositoryBuilder } from "../../support/repository/build-repository.ts";
import { alice, bob, carol } from "./open-history.ts";

/** A history with branches, merges and clock skew, the same for the same seed. */
export function randomHistory(seed: number, commits: number): RepositoryBuilder {
  const random = generator(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const builder = new RepositoryBuilder();
  const branches = ["main"];
  builder.commit({ message: "root", author: alice, files: { "deploy/0.yaml": "0", "src/main.c": "0" } });
  for (let number = 1; number < commits; number++) {
    const branch = pick(branches);
    const author = pick([alice, bob, carol]);
    const authoredAt = new Date(Date.UTC(2025, 0, 1) + Math.floor(random() * 1e9)).toISOString();
    const dice = random();
    if (dice < 0.15) {
      const name = `branch-${number}`;
      builder.branch(name, branch);
      branches.push(name);
    } else if (dice < 0.35 && branches.length > 1) {
      const from = pick(branches.filter((name) => name !== branch));
      builder.merge({ into: branch, from, message: `merge ${number}`, author, authoredAt });
      continue;
    }
    const folder = random() < 0.6 ? "deploy" : "src";
    const path = `${folder}/${Math.floor(random() * 8)}.yaml`;
    const content =
      random() < 0.15 && builder.filesAt(branch).has(path) ? null : `${Math.floor(random() * 5)}\n`;
    builder.commit({ branch, message: `commit ${number}`, author, authoredAt, files: { [path]: content } });
  }
  return builder;
}

/** mulberry32 */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
