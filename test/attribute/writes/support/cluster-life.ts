import fc from "fast-check";
import { type Content, rawRule } from "./simulated-ingress.ts";
import { type Client, SimulatedServer } from "./simulated-server.ts";

/** One step in the life of an Ingress: somebody does something after a while. */
export interface Step {
  readonly kind: (typeof KINDS)[number];
  readonly user: string;
  readonly seconds: number;
  readonly otherWrites: number;
  readonly manifest: Content;
  readonly pick: number;
  readonly value: string;
}

const KINDS = [
  "annotate",
  "annotate",
  "remove annotation",
  "edit",
  "edit",
  "replace",
  "change in a browser",
  "change two in a browser",
  "apply",
  "apply",
  "deploy",
  "deploy",
  "json patch",
  "json remove",
  "set class",
  "patch in whole",
  "status",
  "status",
  "annotate through status",
  "delete",
] as const;

const value = fc.constantFrom("one", "two", "three");

const manifest: fc.Arbitrary<Content> = fc.record({
  annotations: fc.dictionary(fc.constantFrom("a", "b"), value, { maxKeys: 2 }),
  ingressClassName: fc.option(value, { nil: null }),
  rules: fc.uniqueArray(fc.record({ host: fc.constantFrom("h1", "h2"), service: value }), {
    selector: (rule) => rule.host,
    minLength: 1,
    maxLength: 2,
  }),
  status: fc.constant(""),
});

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  user: fc.constantFrom("alice", "bob", "mallory"),
  seconds: fc.constantFrom(0.3, 2, 40, 900),
  otherWrites: fc.nat(3),
  manifest,
  pick: fc.nat(7),
  value,
});

export const life: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 3, maxLength: 14 });

export function live(steps: readonly Step[]): SimulatedServer {
  const server = new SimulatedServer();
  for (const each of steps) {
    server.wait(each.seconds, each.otherWrites);
    if (server.content === null && each.kind !== "apply" && each.kind !== "deploy") {
      server.create({ user: each.user, manager: "kubectl-create" }, each.manifest);
    } else {
      take(server, each);
    }
  }
  return server;
}

function take(server: SimulatedServer, { kind, manifest, pick, user, value }: Step): void {
  const annotation = pick % 2 === 0 ? "a" : "b";
  const by = (manager: string): Client => ({ user, manager });
  const current = server.content ?? manifest;
  const version = String(resourceVersionOf(server));
  switch (kind) {
    case "annotate":
      server.mergePatch(by("kubectl-annotate"), {
        metadata: { annotations: { [annotation]: value } },
      });
      break;
    case "remove annotation":
      server.mergePatch(by("kubectl-annotate"), { metadata: { annotations: { [annotation]: null } } });
      break;
    case "edit":
      server.mergePatch(by("kubectl-edit"), {
        spec: { rules: withService(current, pick, value).map(rawRule) },
      });
      break;
    case "replace":
      server.update(by("kubectl-replace"), { ...manifest, status: current.status }, null);
      break;
    case "change in a browser":
      server.update(by("browser"), { ...current, rules: withService(current, pick, value) }, version);
      break;
    case "change two in a browser":
      server.update(
        by("browser"),
        { ...current, annotations: { ...current.annotations, [annotation]: value }, ingressClassName: value },
        version,
      );
      break;
    case "apply":
      server.apply(by("kubectl"), manifest);
      break;
    case "deploy":
      server.apply({ user: "flux", manager: "flux" }, manifest);
      break;
    case "json patch":
      server.jsonPatch(by("kubectl-patch"), [
        { op: "replace", path: `/spec/rules/${pick % 2}/http/paths/0/backend/service/name`, value },
      ]);
      break;
    case "json remove":
      server.jsonPatch(by("kubectl-patch"), [{ op: "remove", path: `/spec/rules/${pick % 2}` }]);
      break;
    case "set class":
      server.mergePatch(by("kubectl-patch"), { spec: { ingressClassName: value } });
      break;
    case "patch in whole":
      server.mergePatch(by("kubectl-patch"), {
        metadata: { annotations: { [annotation]: value } },
        spec: { rules: manifest.rules.map(rawRule) },
      });
      break;
    case "status":
      server.writeStatus({ user: "controller", manager: "nginx-ingress" }, `lb-${value}`, {});
      break;
    case "annotate through status":
      server.writeStatus(by("curl"), current.status, { [annotation]: value });
      break;
    case "delete":
      server.delete(by("kubectl"));
      break;
    default:
      kind satisfies never;
  }
}

function withService(content: Content, pick: number, service: string): Content["rules"] {
  return content.rules.map((rule, index) =>
    index === pick % Math.max(content.rules.length, 1) ? { ...rule, service } : rule,
  );
}

function resourceVersionOf(server: SimulatedServer): unknown {
  const metadata = server.object?.metadata;
  return typeof metadata === "object" && metadata !== null && "resourceVersion" in metadata
    ? metadata.resourceVersion
    : "";
}
