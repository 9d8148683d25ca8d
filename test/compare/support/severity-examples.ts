import { readFileSync } from "node:fs";
import { type IngressId, type IngressObject, ingressKey } from "../../../src/model/ingress.ts";
import { ingress } from "./ingress-yaml.ts";

/** A rule as docs/severity.md describes it, with the example that it rates and the near twin that it does not. */
export interface DocumentedRule {
  readonly name: string;
  readonly severity: string;
  readonly rated: SeverityExample;
  readonly notRated: SeverityExample;
}

export interface SeverityExample {
  readonly git: readonly ExampleIngress[];
  readonly live: readonly ExampleIngress[];
}

export interface ExampleIngress {
  readonly id: IngressId;
  readonly object: IngressObject;
}

/** The Ingress that every example is about. */
export const EXAMPLE_ID: IngressId = { namespace: "shop", name: "web" };

export function documentedRules(): readonly DocumentedRule[] {
  const page = readFileSync(new URL("../../../docs/severity.md", import.meta.url), "utf8");
  return page.split(/^### /m).slice(1).map(readRule);
}

function readRule(section: string): DocumentedRule {
  const [, name = "", severity = ""] = /^`([a-z-]+)`: (\w+)$/m.exec(section) ?? [];
  const [rated, notRated, ...more] = [...section.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => text);
  if (rated === undefined || notRated === undefined || more.length > 0) {
    throw new Error(
      `docs/severity.md: the rule "${name}" needs one example that it rates and one that it does not.`,
    );
  }
  return { name, severity, rated: readExample(rated), notRated: readExample(notRated) };
}

function readExample(text: string): SeverityExample {
  const documents = text.split(/^---$/m).map(readDocument);
  const of = (side: string) =>
    documents.flatMap((each) => (each.side === side && each.ingress !== null ? [each.ingress] : []));
  return { git: of("Git"), live: of("live") };
}

/** `# Git`, `# live: none`, `# Git accounts/login`, and below it the YAML. */
function readDocument(text: string) {
  const [, side, other, none] = /^# (Git|live)(?: (\S+)|(: none))?$/m.exec(text) ?? [];
  if (side === undefined) throw new Error(`docs/severity.md: no side is named above\n${text}`);
  const [namespace = "", name = ""] = (other ?? ingressKey(EXAMPLE_ID)).split("/");
  return { side, ingress: none === undefined ? { id: { namespace, name }, object: ingress(text) } : null };
}
