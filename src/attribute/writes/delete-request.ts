import type { ClusterWrite } from "../../model/cluster-write.ts";
import type { KnownState } from "./known-state.ts";

/**
 * The delete behind the end of an object: the state's own write, or the earlier one that marked it for deletion, where
 * the write only took away its last finalizer. null where the log does not show it.
 */
export function deleteRequest(states: readonly KnownState[], index: number): ClusterWrite | null {
  const write = states[index]?.write ?? null;
  if (write === null || write.verb === "delete") return write;
  const marked = states
    .slice(0, index)
    .find(
      (state) =>
        state.keyed !== null &&
        state.uid !== null &&
        state.uid === write.uid &&
        state.write?.verb === "delete",
    );
  if (marked !== undefined) return marked.write;
  const { deletionAt, uid } = write;
  const bare = states.slice(0, index + 1).flatMap(({ unknownWrites }) => unknownWrites);
  return deletionAt === undefined ? null : (bare.find((each) => isDeleteAt(each, uid, deletionAt)) ?? null);
}

/** Seconds between the server's stamp, to the second, and the end of the request. */
const SLACK_MS = 5_000;

/** The server stamps the object when it carries the request out; who deletes it once more changes nothing. */
export function isDeleteAt(write: ClusterWrite, uid: string | null, deletionAt: string): boolean {
  const since = Date.parse(write.at) - Date.parse(deletionAt);
  const isOfObject = write.uid === null || write.uid === uid;
  return write.verb === "delete" && isOfObject && since >= 0 && since < SLACK_MS;
}
