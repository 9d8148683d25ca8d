import type { Declarer } from "../../model/discovery.ts";

/** The files of Git that an object stands in; none for one that was read from the cluster. */
export function declaringFiles({ place }: Declarer): readonly string[] {
  return place === null ? [] : [place.path];
}
