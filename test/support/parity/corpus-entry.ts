/**
 * One manifest file as somebody commits it, to be applied unchanged. `NAMESPACE` in a text stands for the namespace
 * that it goes to.
 */
export interface CorpusEntry {
  /** Stable and kebab-case; the Ingress's name too, where there is one only. */
  readonly name: string;
  /** With its extension. */
  readonly file: string;
  readonly committed: string;
  /** What was applied where the server no longer takes what is committed: the same, converted by hand. */
  readonly applied: string;
  /** Server-side apply refuses or changes it; every other way takes it as it is. */
  readonly isClientSideOnly: boolean;
}

/** A file that is applied as it is. */
export function applied(file: string, text: string): CorpusEntry {
  return {
    name: file.replace(/\.[^.]+$/, ""),
    file,
    committed: text,
    applied: text,
    isClientSideOnly: false,
  };
}

/** An Ingress of its own file; `metadata` are the lines after name and namespace. */
export function ingress(name: string, spec: string, metadata = ""): CorpusEntry {
  return applied(
    `${name}.yaml`,
    `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: NAMESPACE
${indented(metadata)}spec:
${indented(spec)}`,
  );
}

/** An Ingress of which only the metadata matter. */
export function described(name: string, metadata: string): CorpusEntry {
  return ingress(name, BACKEND, metadata);
}

export function clientSideOnly(entry: CorpusEntry): CorpusEntry {
  return { ...entry, isClientSideOnly: true };
}

export const BACKEND = "defaultBackend: { service: { name: web, port: { number: 80 } } }\n";

function indented(lines: string): string {
  return lines.replaceAll(/^(?=.)/gm, "  ");
}
