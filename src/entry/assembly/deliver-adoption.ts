import type { Forge } from "../../adapters/github/open-forge.ts";
import type { Adoption } from "../../audit/adopt/adopt-request.ts";
import { AuditError } from "../../model/audit-error.ts";
import type { GitWriter } from "../../ports/git-writer.ts";
import { adoptionBody, adoptionMessage, adoptionTitle } from "../../report/adoption/adoption-message.ts";

/** How what is adopted is handed over. */
export type Delivery =
  | { readonly kind: "patch" }
  | { readonly kind: "branch"; readonly branch: string }
  | {
      readonly kind: "pull-request";
      readonly branch: string;
      /** The branch that it is to be merged into. */
      readonly base: string;
      readonly forge: Forge;
    };

/** @returns What standard output gets. @throws {AuditError} What Git and the forge refuse. */
export async function deliverAdoption(
  adoption: Adoption,
  delivery: Delivery,
  writer: GitWriter,
  signal: AbortSignal,
): Promise<Buffer | string> {
  const { commit: base, changes } = adoption;
  if (changes.length === 0) return "";
  if (delivery.kind === "patch") return await writer.diff(base, changes);
  const { branch } = delivery;
  const message = adoptionMessage(adoption);
  const sha = await writer.commitOnNewBranch({ branch, base, changes, message });
  const committed = `Committed ${sha.slice(0, 7)} on the new branch ${branch}.\n`;
  if (delivery.kind === "branch") return committed;
  await writer.push(branch);
  const { title, body } = { title: adoptionTitle(adoption), body: adoptionBody(adoption) };
  const pullRequest = { title, body, head: branch, base: delivery.base };
  const { number, url } = await delivery.forge.pullRequests
    .open(pullRequest, signal)
    .catch((error: unknown) => rethrowPushed(error, branch));
  return `${committed}Opened pull request #${number}: ${url}\n`;
}

/** The branch is there, and a second run would meet it. */
function rethrowPushed(error: unknown, branch: string): never {
  if (!(error instanceof AuditError)) throw error;
  const { code, what, where, mend } = error;
  throw new AuditError({
    code,
    what: `The branch ${branch} is pushed, and no pull request opened: ${what}`,
    where,
    mend: `${mend} Then open it by hand, or delete the branch (git push origin --delete ${branch}; git branch -D ${branch}) and run this again.`,
    cause: error,
  });
}
