import type { BranchState, ManifestFile } from "./branch-state.ts";
import type { FreshName } from "./model-edits.ts";
import type { Random } from "./random.ts";
import { restyled } from "./render-file.ts";

/** The same Ingresses, written or filed otherwise: nothing of it changes any meaning. */
export function relaid(random: Random, state: BranchState, fresh: FreshName, only?: "style"): BranchState {
  const layout = new Map(state.layout);
  const [path, file] = random.pick([...layout]);
  const act = only ?? random.weighted({ style: 8, convert: 4, rename: 4, split: 3, join: 2, move: 3 });
  switch (act) {
    case "style":
      layout.set(path, { ...file, style: restyled(random, file.style, `see ${fresh("note")}`) });
      break;
    case "convert":
      convertOne(random, layout);
      break;
    case "rename":
      layout.delete(path);
      layout.set(renamed(path, fresh("file"), random.chance(0.5)), file);
      break;
    case "split":
      split(layout, path, file, fresh);
      break;
    case "join":
      join(random, layout, path, file);
      break;
    case "move":
      move(random, layout, path, file);
      break;
    default:
      return act satisfies never;
  }
  return { ...state, layout };
}

function renamed(path: string, name: string, isToOtherFolder: boolean): string {
  const folder = isToOtherFolder ? `deploy/${name}` : path.slice(0, path.lastIndexOf("/"));
  return `${folder}/${name}${path.slice(path.lastIndexOf("."))}`;
}

function convertOne(random: Random, layout: Map<string, ManifestFile>): void {
  const old = [...layout].filter(([, { style }]) => style.version !== "networking.k8s.io/v1");
  if (old.length === 0) return;
  const [path, file] = random.pick(old);
  layout.set(path, { ...file, style: { ...file.style, version: "networking.k8s.io/v1" } });
}

function split(layout: Map<string, ManifestFile>, path: string, file: ManifestFile, fresh: FreshName): void {
  layout.delete(path);
  for (const key of file.keys) layout.set(renamed(path, fresh("part"), false), { ...file, keys: [key] });
}

function join(random: Random, layout: Map<string, ManifestFile>, path: string, file: ManifestFile): void {
  const others = [...layout].filter(([other]) => other !== path);
  if (others.length === 0) return;
  const [otherPath, other] = random.pick(others);
  layout.delete(otherPath);
  layout.set(path, { ...file, keys: [...file.keys, ...other.keys] });
}

/** One Ingress to the file of another. */
function move(random: Random, layout: Map<string, ManifestFile>, path: string, file: ManifestFile): void {
  const others = [...layout].filter(([other]) => other !== path);
  if (others.length === 0 || file.keys.length < 2) return;
  const [otherPath, other] = random.pick(others);
  const key = random.pick(file.keys);
  layout.set(path, { ...file, keys: file.keys.filter((each) => each !== key) });
  layout.set(otherPath, { ...other, keys: [...other.keys, key] });
}
