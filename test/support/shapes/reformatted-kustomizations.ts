import { type ShapedHistory, type ShapedIngress, ShapeRecorder, shapedManifest } from "./shaped-history.ts";

const APPLICATIONS = 107;
const WITH_INGRESS = 40;
const MODIFICATIONS = 234;
const MEANINGLESS = 152;
const COMMITS = 900;
const DEPLOYED_AFTER = 190;

interface Application {
  readonly name: string;
  readonly ingress: ShapedIngress | null;
  /** How its file is laid out; a change of meaning keeps the layout. */
  layout: (text: string) => string;
}

/**
 * One person's collection: 107 kustomizations with patches, and of 234 modifications of Ingress files 152 that change no
 * field: headers, comments, quotes, indentation, and one commit that mends the line endings of every file.
 */
export function reformattedKustomizations(seed: number): ShapedHistory {
  const recorder = new ShapeRecorder(seed, 3);
  const { random } = recorder;
  const applications = Array.from({ length: APPLICATIONS }, (_, index) => newApplication(index));
  const withIngress = applications.filter(hasIngress);
  recorder.ingresses.push(...withIngress.map(({ ingress }) => ingress));
  recorder.commit("Start", Object.assign({}, ...applications.map(filesOf)), null, {
    isCommittedByAuthor: true,
    links: { "app0/ing.yaml": "ingress.yaml" },
  });
  const turns = random.shuffled([
    ...Array.from({ length: MEANINGLESS }, () => "layout" as const),
    ...Array.from({ length: MODIFICATIONS - MEANINGLESS }, () => "meaning" as const),
    ...Array.from({ length: COMMITS - MODIFICATIONS }, () => "other" as const),
  ]);
  for (const turn of turns) {
    const application = random.pick(withIngress);
    const { ingress, name } = application;
    const path = `${name}/ingress.yaml`;
    if (turn === "layout") {
      application.layout = random.pick(LAYOUTS)(recorder.fresh("note"));
      recorder.commit(`${name}: header`, { [path]: textOf(application) }, [], { isCommittedByAuthor: true });
    } else if (turn === "meaning") {
      const field = random.pick(["service", "timeout"] as const);
      if (field === "service") ingress.service = recorder.fresh(name);
      else ingress.timeout = recorder.freshNumber();
      recorder.commit(`${name}: ${field}`, { [path]: textOf(application) }, [[ingress, field]], {
        isCommittedByAuthor: true,
      });
    } else {
      const readme = { "README.md": `${recorder.fresh("text")}\n` };
      recorder.commit("Docs", readme, null, { isCommittedByAuthor: true });
    }
    if (recorder.touching === DEPLOYED_AFTER && turn !== "other") recorder.deploy();
  }
  for (const application of withIngress) application.layout = CRLF(application.layout);
  recorder.commit(
    "Mend line endings",
    Object.fromEntries(withIngress.map((each) => [`${each.name}/ingress.yaml`, textOf(each)])),
    [],
    { isCommittedByAuthor: true },
  );
  return recorder.finish();
}

type WithIngress = Application & { readonly ingress: ShapedIngress };

function hasIngress(application: Application): application is WithIngress {
  return application.ingress !== null;
}

const LAYOUTS: readonly ((note: string) => (text: string) => string)[] = [
  (note) => (text) => `# ${note}\n# vim: ts=2\n${text}`,
  (note) => (text) => `---\n${text}# ${note}\n`,
  (note) => (text) => text.replace("spec:\n", `\n# ${note}\nspec:\n`),
  (note) => (text) => `# ${note}\n${text.replace(/^ {2}name: (\S+)$/m, '  name: "$1"')}`,
  (note) => (text) => `${text.replaceAll(/(kind: \w+)$/gm, `$1 # ${note}`)}`,
];

function CRLF(layout: (text: string) => string): (text: string) => string {
  return (text) => layout(text).replaceAll("\n", "\r\n");
}

function newApplication(index: number): Application {
  const name = `app${index}`;
  const ingress = {
    namespace: name,
    name: "web",
    host: `${name}.example.com`,
    service: `${name}-v0`,
    timeout: "60",
  };
  return { name, ingress: index < WITH_INGRESS ? ingress : null, layout: (text) => text };
}

function textOf({ ingress, layout }: WithIngress): string {
  return layout(shapedManifest({ ...ingress, host: "changed.by-a-patch.example.com" }));
}

function filesOf(application: Application): Record<string, string> {
  const { name } = application;
  if (!hasIngress(application))
    return {
      [`${name}/kustomization.yaml`]: `namespace: ${name}\nresources: [map.yaml]\n`,
      [`${name}/map.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`,
    };
  const { host } = application.ingress;
  return {
    [`${name}/kustomization.yaml`]: `namespace: ${name}
resources: [${name === "app0" ? "ing.yaml" : "ingress.yaml"}]
patches:
  - target: { kind: Ingress, name: web }
    patch: |
      - { op: replace, path: /spec/rules/0/host, value: ${host} }
`,
    [`${name}/ingress.yaml`]: textOf(application),
  };
}
