import { created, failure, notFound, ok, Refusal } from "../http/answer.ts";
import type { App } from "../state/apps.ts";
import { installationView } from "../views/installation-view.ts";
import type { Call } from "./operation.ts";

const HOUR_MS = 3_600_000;

/** The installation on a repository, for the App itself; one that is not installed there does not see it. */
export function getRepoInstallation(call: Call) {
  const app = appOf(call);
  const name = `${call.path.owner}/${call.path.repo}`.toLowerCase();
  const isThere = app.installation.repositories.some((repository) => repository.toLowerCase() === name);
  return isThere ? ok(installationView(call.world, app)) : notFound();
}

export function createInstallationToken(call: Call) {
  const app = appOf(call);
  const { id, permissions, repositories } = app.installation;
  if (id !== call.path.installation_id) return notFound();
  const value = `ghs_${call.world.nextUuid()}`;
  call.world.tokens.set(value, { value, user: app.user, kind: "installation", permissions, repositories });
  const expires_at = `${new Date(Date.now() + HOUR_MS).toISOString().slice(0, 19)}Z`;
  return created({ token: value, expires_at, permissions, repository_selection: "selected" });
}

function appOf({ world, token }: Call): App {
  const app = token?.kind === "app" ? world.apps.find(({ user }) => user === token.user) : undefined;
  if (app === undefined) throw new Refusal(failure(401, "A JSON web token could not be decoded"));
  return app;
}
