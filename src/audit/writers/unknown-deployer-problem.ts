import type { Problem } from "../../model/problem.ts";
import type { Candidate, UnknownDeployer } from "./unknown-deployer.ts";

/** The warning, with the lines of configuration that would list the deployer. */
export function unknownDeployerProblem({ manager, user }: UnknownDeployer): Problem {
  const wrote = [
    ...(user === null ? [] : [`the audit log shows that ${user.name} wrote ${share(user)}`]),
    ...(manager === null
      ? []
      : [`managedFields shows that the program ${manager.name} wrote ${share(manager)}`]),
  ].join(", and ");
  return {
    path: ".ingress-audit.yaml",
    line: null,
    code: "deployer-unknown",
    message: `${wrote.charAt(0).toUpperCase()}${wrote.slice(1)} that agree with Git, and no deployer is listed by that name, so what it writes may count as written by hand`,
    remedy: `If it is your pipeline, add this line to .ingress-audit.yaml: deployers: ${deployersYaml({ manager, user })}`,
    level: "warning",
  };
}

function share({ wrote, of }: Candidate): string {
  return wrote === of ? `all ${of} Ingresses` : `${wrote} of the ${of} Ingresses`;
}

/** In flow style: one line that can be copied whole. */
function deployersYaml({ manager, user }: UnknownDeployer): string {
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user?.name ?? "");
  const lists = [
    ...(account !== null ? [`serviceAccounts: [${account[1]}/${account[2]}]`] : []),
    ...(account === null && user !== null ? [`users: [${JSON.stringify(user.name)}]`] : []),
    ...(manager === null ? [] : [`fieldManagers: [${JSON.stringify(manager.name)}]`]),
  ];
  return `{ ${lists.join(", ")} }`;
}
