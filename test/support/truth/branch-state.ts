import type { IngressId } from "../../../src/model/ingress.ts";
import type { Models } from "./git-record.ts";
import { mergeModels } from "./ingress-model.ts";
import { type FileStyle, renderFile } from "./render-file.ts";

export interface ManifestFile {
  readonly style: FileStyle;
  /** `namespace/name` of each Ingress that the file declares. */
  readonly keys: readonly string[];
}

/** A branch's tree: what is declared, and in which files. */
export interface BranchState {
  readonly models: Models;
  readonly layout: ReadonlyMap<string, ManifestFile>;
}

export function idOf(key: string): IngressId {
  const [namespace = "", name = ""] = key.split("/");
  return { namespace, name };
}

/** The texts of all files; `remembered` keeps those whose content is known. */
export function filesOf(
  { models, layout }: BranchState,
  remembered: WeakMap<ManifestFile, RenderedOnce>,
): Map<string, string> {
  return new Map(
    [...layout].map(([path, file]) => {
      const objects = file.keys.flatMap((key) => {
        const model = models.get(key);
        return model === undefined ? [] : [{ id: idOf(key), model }];
      });
      const known = remembered.get(file);
      if (known !== undefined && known.models.length === objects.length) {
        if (objects.every(({ model }, index) => known.models[index] === model)) return [path, known.text];
      }
      const text = renderFile(file.style, objects);
      remembered.set(file, { models: objects.map(({ model }) => model), text });
      return [path, text];
    }),
  );
}

export interface RenderedOnce {
  readonly models: readonly unknown[];
  readonly text: string;
}

/** What Git makes of a merge without conflicts: each side's changes, and main's files. */
export function mergedState(base: BranchState, ours: BranchState, theirs: BranchState): BranchState {
  const models = new Map(ours.models);
  const layout = new Map(ours.layout);
  for (const key of new Set([...base.models.keys(), ...theirs.models.keys()])) {
    const model = mergeModels(base.models.get(key), ours.models.get(key), theirs.models.get(key));
    if (model === undefined) models.delete(key);
    else models.set(key, model);
  }
  for (const [path, file] of theirs.layout) {
    const our = layout.get(path);
    if (our !== undefined && our.style === base.layout.get(path)?.style)
      layout.set(path, { ...our, style: file.style });
    if (our === undefined && file.keys.every((key) => !base.models.has(key))) layout.set(path, file);
  }
  return withoutAbsent({ models, layout });
}

/** The state without files that declare nothing any more. */
export function withoutAbsent({ models, layout }: BranchState): BranchState {
  const files = [...layout].map(([path, file]) => {
    const keys = file.keys.filter((key) => models.has(key));
    return [path, keys.length === file.keys.length ? file : { ...file, keys }] as const;
  });
  return { models, layout: new Map(files.filter(([, file]) => file.keys.length > 0)) };
}
