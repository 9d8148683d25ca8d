import { notFound, ok } from "../http/answer.ts";
import type { Repository, Role } from "../state/repository.ts";
import type { User } from "../state/users.ts";
import { userView } from "../views/user-view.ts";
import type { Operations } from "./operation.ts";

/** The older permissions know neither triage nor maintain. */
const PERMISSION: Readonly<Record<Role, string>> = {
  read: "read",
  triage: "read",
  write: "write",
  maintain: "write",
  admin: "admin",
};

export const COLLABORATORS: Operations = {
  "repos/get-collaborator-permission-level": {
    needs: [["metadata", "read"]],
    run: ({ world, repository, path }) => {
      const user = world.users.find(String(path.username));
      if (user === undefined) return notFound();
      const role = roleOf(repository, user);
      const view = { ...userView(world, user), role_name: role };
      return ok({ permission: role === "none" ? role : PERMISSION[role], role_name: role, user: view });
    },
  },
};

function roleOf(repository: Repository, user: User): Role | "none" {
  const login = user.login.toLowerCase();
  const given = repository.roles.get(login);
  if (given !== undefined) return given;
  if (user === repository.owner) return "admin";
  if (repository.collaborators.has(login)) return "write";
  return repository.private ? "none" : "read";
}
