import { createPrivateKey } from "node:crypto";
import type { Octokit } from "@octokit/rest";
import * as z from "zod";
import { AuditError } from "../../model/audit-error.ts";
import type { Clients } from "./connection.ts";
import { forgeError, type Place } from "./forge-error.ts";
import type { ForgeOptions, ForgePace } from "./forge-options.ts";
import { octokitClient } from "./octokit-client.ts";
import { readAnswer } from "./read-answer.ts";

export interface Connected {
  readonly clients: Clients;
  readonly place: Place;
}

/** Make the clients, signed in as the token or as the App's installation on the repository. */
export async function connect(
  options: ForgeOptions,
  pace: ForgePace,
  log: (message: string) => void,
): Promise<Connected> {
  const apiUrl = options.apiUrl.replace(/\/+$/, "");
  const graphqlUrl = options.graphqlUrl ?? `${apiUrl.replace(/\/api\/v3$/, "/api")}/graphql`;
  const { repository } = options;
  const page = `${options.serverUrl.replace(/\/+$/, "")}/${repository}`;
  const place = { apiUrl, repository, page, timeoutMs: pace.timeoutMs, secrets: secretsOf(options) };
  const client = (auth: object, writeGapMs: number) => octokitClient({ apiUrl, pace, log, auth, writeGapMs });
  const rest = client(await signIn(options, place, client), pace.writeGapMs);
  // The same sign-in, so that an App gets one token for both.
  const graphql = client({ authStrategy: () => rest.auth }, 0);
  return { clients: { rest, graphql, graphqlUrl }, place };
}

async function signIn(
  options: ForgeOptions,
  place: Place,
  client: (auth: object, writeGapMs: number) => Octokit,
): Promise<object> {
  const { auth } = options;
  switch (auth.kind) {
    case "token":
      return { auth: auth.token };
    case "app": {
      checkKey(auth.privateKey);
      const { createAppAuth: authStrategy } = await import("@octokit/auth-app");
      const app = { appId: auth.appId, privateKey: auth.privateKey };
      const installationId = await findInstallation(client({ authStrategy, auth: app }, 0), options, place);
      return { authStrategy, auth: { ...app, installationId } };
    }
    default:
      return auth satisfies never;
  }
}

async function findInstallation(
  app: Octokit,
  { repository, signal }: ForgeOptions,
  place: Place,
): Promise<number> {
  const [owner = "", repo = ""] = repository.split("/");
  const operation = {
    doing: `find the App's installation on ${repository}`,
    needs: "metadata: read",
    mendAbsence: `Install the App on ${repository}, or check the App's id.`,
  };
  try {
    const request = signal === undefined ? {} : { request: { signal } };
    const { data } = await app.rest.apps.getRepoInstallation({ owner, repo, ...request });
    return readAnswer(z.object({ id: z.int() }), data).id;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw forgeError(error, operation, place);
  }
}

/** What Node.js says of a key may quote it, so it is not passed on. */
function checkKey(privateKey: string): void {
  try {
    createPrivateKey(privateKey.replaceAll("\\n", "\n"));
  } catch {
    throw new AuditError({
      code: "forge-unauthorized",
      what: "The GitHub App's private key cannot be read",
      mend: "Give the whole .pem file that GitHub made for the App, from BEGIN to END.",
    });
  }
}

function secretsOf({ auth }: ForgeOptions): readonly string[] {
  return auth.kind === "token" ? [auth.token] : [auth.privateKey];
}
