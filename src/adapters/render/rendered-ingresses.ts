import type { DesiredIngress, IngressObject, Origin, RawPath } from "../../model/ingress.ts";
import { isJsonObject, type Json, sameJson } from "../../model/json.ts";
import type { RenderedFile } from "../../ports/renderer.ts";
import { plainRenderer } from "./plain-renderer.ts";
import { placeOfValue } from "./tool/place-of-value.ts";

export interface RenderedOutput {
  /** What the tool printed. */
  readonly stdout: string;
  readonly renderer: Origin["renderer"];
  /** The source's folder, for problems in what it renders to. */
  readonly root: string;
  readonly namespace: string | null;
  /** Path and text of each input, those that decide most first. */
  readonly inputs: ReadonlyMap<string, string>;
  /** The input file that declares an object, and the object without the marks that said so. */
  readonly originOf: (object: IngressObject) => {
    readonly path: string | null;
    readonly object: IngressObject;
  };
}

/** The Ingresses that a tool printed, each traced to the input file that declares it and the lines that carry its values. */
export function renderedIngresses(output: RenderedOutput): RenderedFile {
  const { ingresses, problems } = plainRenderer.render({
    path: output.root,
    content: Buffer.from(output.stdout),
    defaultNamespace: output.namespace,
  });
  return {
    ingresses: ingresses.map((ingress) => traced(ingress, output)),
    problems: problems.map((problem) => ({
      ...problem,
      line: null,
      message: `${problem.message} (in what ${output.root} renders to)`,
    })),
  };
}

function traced(rendered: DesiredIngress, output: RenderedOutput): DesiredIngress {
  const { path, object } = output.originOf(rendered.object);
  const declared = path === null ? null : declaredIn(path, rendered, output);
  return {
    id: rendered.id,
    object,
    origin: { path: path ?? output.root, line: declared?.origin.line ?? 1, renderer: output.renderer },
    placeAt: (field) => {
      const value = valueAt(object, field);
      if (declared !== null && value !== undefined && sameJson(valueAt(declared.object, field), value))
        return declared.placeAt(field);
      return placeOfValue(value, output.inputs);
    },
  };
}

/** The object as the input file has it, before anything was put on top; null for a template. */
function declaredIn(
  path: string,
  rendered: DesiredIngress,
  { inputs, namespace }: RenderedOutput,
): DesiredIngress | null {
  const content = Buffer.from(inputs.get(path) ?? "");
  const { ingresses } = plainRenderer.render({
    path,
    content,
    defaultNamespace: namespace ?? rendered.id.namespace,
  });
  const named = ingresses.filter(({ id }) => rendered.id.name.includes(id.name));
  return named.toSorted((left, right) => right.id.name.length - left.id.name.length)[0] ?? null;
}

function valueAt(object: Json, field: RawPath): Json | undefined {
  return field.reduce<Json | undefined>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }, object);
}
