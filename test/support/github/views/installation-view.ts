import type { App } from "../state/apps.ts";
import type { World } from "../state/world.ts";
import { userView } from "./user-view.ts";

export function installationView(world: World, { id, slug, user, installation }: App) {
  return {
    id: installation.id,
    app_id: id,
    app_slug: slug,
    target_id: user.id,
    target_type: "Organization",
    account: userView(world, user),
    single_file_name: null,
    repository_selection: "selected",
    access_tokens_url: `${world.apiUrl}/app/installations/${installation.id}/access_tokens`,
    html_url: `${world.htmlUrl}/settings/installations/${installation.id}`,
    repositories_url: `${world.apiUrl}/installation/repositories`,
    events: [],
    permissions: installation.permissions,
    created_at: "2024-01-01T00:00:00Z",
    updated_at: "2024-01-01T00:00:00Z",
    suspended_by: null,
    suspended_at: null,
  };
}
