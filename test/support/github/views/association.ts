import type { Repository } from "../state/repository.ts";
import type { User } from "../state/users.ts";

/** How someone belongs to a repository; bots have no association. */
export function associationOf(repository: Repository, user: User): "OWNER" | "COLLABORATOR" | "NONE" {
  if (user.login === repository.owner.login) return "OWNER";
  return repository.collaborators.has(user.login.toLowerCase()) ? "COLLABORATOR" : "NONE";
}
