import type { Application } from "./application.ts";

const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * The commit that Argo CD last applied: the one that it is in sync with, else that of its last successful sync.
 *
 * @param index Which of several sources.
 * @see https://github.com/argoproj/argo-cd/blob/master/pkg/apis/application/v1alpha1/types.go
 */
export function appliedRevision({ status }: Application, index: number): string | null {
  const { sync, history } = status ?? {};
  const last = history?.at(-1);
  const synced = sync?.status === "Synced" ? sync : last;
  const revision = synced?.revisions[index] ?? synced?.revision ?? null;
  return revision !== null && SHA.test(revision) ? revision : null;
}
