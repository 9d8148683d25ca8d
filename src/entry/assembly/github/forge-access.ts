import type { Forge } from "../../../adapters/github/open-forge.ts";
import { AuditError } from "../../../model/audit-error.ts";
import type { GithubContext } from "./github-context.ts";

/** As whom to talk to GitHub, and about which repository. */
export interface ForgeAccess {
  /** `owner/name`; else the workflow's, else the one that `origin` names. */
  readonly repository?: string;
  readonly token?: string;
  readonly appId?: string;
  /** PEM. */
  readonly appPrivateKey?: string;
}

interface Connecting {
  readonly context: GithubContext;
  /** The repository that `origin` names. */
  readonly origin: () => Promise<string | null>;
  readonly signal: AbortSignal;
  readonly progress: (what: string) => void;
}

/** Whether there is anything to sign in with. */
export function canSignIn({ token, appId }: ForgeAccess): boolean {
  return (token ?? "") !== "" || (appId ?? "") !== "";
}

/**
 * The forge's ports, loaded when this is called.
 *
 * @throws {AuditError} `usage`, and for a GitHub App what its sign-in throws.
 */
export async function connectForge(access: ForgeAccess, connecting: Connecting): Promise<Forge> {
  const { context, signal, progress } = connecting;
  const auth = authOf(access);
  const repository = await repositoryOf(access, connecting);
  const { openForge } = await import("../../../adapters/github/open-forge.ts");
  const { apiUrl, graphqlUrl, serverUrl } = context;
  const place = graphqlUrl === null ? { apiUrl, serverUrl } : { apiUrl, graphqlUrl, serverUrl };
  return await openForge({ ...place, repository, auth, signal, log: progress });
}

export async function repositoryOf(
  { repository }: ForgeAccess,
  { context, origin }: Pick<Connecting, "context" | "origin">,
): Promise<string> {
  const found = repository ?? context.repository ?? (await origin());
  if (found !== null) return found;
  throw new AuditError({
    code: "usage",
    what: "It is not known which repository on GitHub is meant",
    mend: "Set GITHUB_REPOSITORY to OWNER/NAME, or give the clone a remote named origin; the github commands take --repository too.",
  });
}

/** @throws {AuditError} `usage` where only half of an App's credentials is given. */
export function checkAccess({ appId = "", appPrivateKey = "" }: ForgeAccess): void {
  if ((appId === "") === (appPrivateKey === "")) return;
  throw new AuditError({
    code: "usage",
    what: "A GitHub App needs both its id and its private key",
    mend: "Give --app-id and --app-key-file (in a workflow: app-id and app-private-key), or a token instead.",
  });
}

function authOf(access: ForgeAccess) {
  checkAccess(access);
  const { token = "", appId = "", appPrivateKey = "" } = access;
  if (appId !== "") return { kind: "app", appId, privateKey: appPrivateKey } as const;
  return { kind: "token", token } as const;
}
