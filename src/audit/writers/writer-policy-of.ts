import type { ControllerRule, WriterPolicy } from "../../attribute/verdict/writer-policy.ts";
import type { Configuration, ControllerConfiguration } from "../../model/configuration.ts";
import { ingressKey } from "../../model/ingress.ts";
import { matchFieldPattern, matchGlob } from "../../model/patterns.ts";
import { BUILT_IN_CONTROLLERS, BUILT_IN_DEPLOYERS } from "./built-in-writers.ts";

/** Who counts as the pipeline and who as a controller: the configuration's, on top of the built-in ones. */
export function writerPolicyOf({ deployers, controllers }: Configuration): WriterPolicy {
  const builtIn = deployers.builtIn ? BUILT_IN_DEPLOYERS : { users: [], fieldManagers: [] };
  return {
    isDeployerUser: anyGlob([...builtIn.users, ...deployers.users]),
    isDeployerManager: anyGlob([...builtIn.fieldManagers, ...deployers.fieldManagers]),
    controllerRules: [...controllers.map(ruleOf), ...BUILT_IN_CONTROLLERS],
  };
}

function ruleOf({
  name,
  reason,
  users,
  fieldManagers,
  fields,
  ingresses,
}: ControllerConfiguration): ControllerRule {
  const isField = fields.map(matchFieldPattern);
  const isIngress = anyGlob(ingresses);
  return {
    name,
    reason,
    covers: (id, field) =>
      (isField.length === 0 || isField.some((matches) => matches(field))) &&
      (ingresses.length === 0 || isIngress(ingressKey(id))),
    isUser: anyGlob(users),
    isManager: anyGlob(fieldManagers),
  };
}

export function anyGlob(patterns: readonly string[]): (text: string) => boolean {
  const globs = patterns.map(matchGlob);
  return (text) => globs.some((matches) => matches(text));
}
