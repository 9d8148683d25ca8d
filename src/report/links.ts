import type { AuditReport } from "./audit-report.ts";

/** Where things are shown on the forge; every answer is null where the repository is not known. */
export interface Links {
  readonly commit: (sha: string) => string | null;
  readonly pullRequest: (number: number) => string | null;
  readonly file: (path: string, line: number | null) => string | null;
}

/**
 * @param report    Names the repository and the commit whose files are linked.
 * @param serverUrl The forge's address, by default GitHub's.
 */
export function linksFor(
  report: { readonly git: Pick<AuditReport["git"], "repository" | "commit"> },
  serverUrl = "https://github.com",
): Links {
  const { repository, commit } = report.git;
  const isName = repository !== null && /^[\w.-]+\/[\w.-]+$/.test(repository);
  const isServer = /^https?:\/\/[\w.:-]+(?:\/[\w./-]*)?$/.test(serverUrl);
  const base = isName && isServer ? `${serverUrl.replace(/\/+$/, "")}/${repository}` : null;
  const link = (path: string) => (base === null ? null : `${base}/${path}`);
  return {
    commit: (sha) => (isUncommitted(sha) ? null : link(`commit/${sha}`)),
    pullRequest: (number) => link(`pull/${number}`),
    file: (path, line) => link(`blob/${commit}/${encodePath(path)}${line === null ? "" : `#L${line}`}`),
  };
}

/** A `/`-separated path as a relative URI reference. */
export function encodePath(path: string): string {
  return path
    .split("/")
    .map((segment) =>
      encodeURIComponent(segment.toWellFormed()).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join("/");
}

export function isUncommitted(sha: string): boolean {
  return /^0+$/.test(sha);
}
