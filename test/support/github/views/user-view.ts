import type { User } from "../state/users.ts";
import type { World } from "../state/world.ts";

const LINKS = ["followers", "subscriptions", "organizations", "repos", "received_events"] as const;

/** A user as everything else shows it: without the email, as for whoever keeps it private. */
export function userView(world: World, user: User) {
  const url = `${world.apiUrl}/users/${encodeURIComponent(user.login)}`;
  return {
    login: user.login,
    id: user.id,
    node_id: `U_${user.id}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${user.id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `${world.htmlUrl}/${user.login.replace(/^(.*)\[bot\]$/, "apps/$1")}`,
    ...Object.fromEntries(LINKS.map((name) => [`${name}_url`, `${url}/${name}`])),
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    events_url: `${url}/events{/privacy}`,
    type: user.type,
    user_view_type: "public",
    site_admin: false,
  };
}

export function userOrNull(world: World, user: User | null | undefined) {
  return user === null || user === undefined ? null : userView(world, user);
}

/** A user as `GET /user` and `GET /users/{username}` show it. */
export function profileView(world: World, user: User) {
  return {
    ...userView(world, user),
    name: user.name,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 1,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: "2020-01-01T00:00:00Z",
    updated_at: "2020-01-01T00:00:00Z",
  };
}
