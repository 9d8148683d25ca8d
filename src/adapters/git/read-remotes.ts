import type { GitRepository } from "./git-repository.ts";

/** What Git's configuration says about the remotes. */
export interface Remotes {
  /** The remote that a partial clone gets its missing objects from; null in a whole clone. */
  readonly promisor: string | null;
  /** Where origin is fetched from, as `git remote get-url` prints it; "" where there is no origin. */
  readonly origin: string;
  /** The addresses that are fetched from and pushed to, as they are configured. */
  readonly urls: readonly string[];
}

/** From one listing of the configuration. */
export async function readRemotes(repository: GitRepository): Promise<Remotes> {
  const settings = (await repository.text("config", "--list", "-z")).split("\0").map(readSetting);
  const promisors = settings.flatMap(({ key, value }) =>
    /^(?:true|yes|on|1)?$/i.test(value ?? "") ? (/^remote\.(.+)\.promisor$/s.exec(key)?.[1] ?? []) : [],
  );
  const valuesOf = (pattern: RegExp) =>
    settings.flatMap(({ key, value }) => (pattern.test(key) && value !== null ? [value] : []));
  const [origin = ""] = valuesOf(/^remote\.origin\.url$/);
  return {
    promisor: promisors[0] ?? null,
    origin: rewritten(origin, settings),
    urls: [...new Set(valuesOf(/^remote\..*\.(?:url|pushurl)$/s))],
  };
}

interface Setting {
  /** `section.subsection.name`; section and name in lower case. */
  readonly key: string;
  /** null where the name stands alone, which means true. */
  readonly value: string | null;
}

function readSetting(entry: string): Setting {
  const end = entry.indexOf("\n");
  return end === -1 ? { key: entry, value: null } : { key: entry.slice(0, end), value: entry.slice(end + 1) };
}

/** @see https://git-scm.com/docs/git-config#Documentation/git-config.txt-urlbaseinsteadOf */
function rewritten(url: string, settings: readonly Setting[]): string {
  const [longest] = settings
    .flatMap(({ key, value }) => {
      const base = /^url\.(.*)\.insteadof$/s.exec(key)?.[1];
      return base === undefined || value === null || !url.startsWith(value) ? [] : [{ base, prefix: value }];
    })
    .toSorted((left, right) => right.prefix.length - left.prefix.length);
  return longest === undefined ? url : longest.base + url.slice(longest.prefix.length);
}
