import fc from "fast-check";
import type { ClusterWrite } from "../../../../src/model/cluster-write.ts";
import type { IngressObject } from "../../../../src/model/ingress.ts";
import { isJsonObject } from "../../../../src/model/json.ts";
import type { ServedWrite } from "./simulated-server.ts";

/** What a log lacks of the writes that the server served. */
export interface Loss {
  /** For each write: whether the log has it whole, without bodies, or not at all. */
  readonly fates: readonly ("whole" | "bare" | "lost")[];
  readonly omitsManagedFields: boolean;
}

export const NO_LOSS: Loss = { fates: ["whole"], omitsManagedFields: false };

export const loss: fc.Arbitrary<Loss> = fc.record({
  fates: fc.oneof(
    fc.array(fc.constantFrom("whole", "whole", "whole", "whole", "lost"), { minLength: 15, maxLength: 15 }),
    fc.array(fc.constantFrom("whole", "lost"), { minLength: 15, maxLength: 15 }),
    fc.array(fc.constantFrom("whole", "whole", "bare", "lost"), { minLength: 15, maxLength: 15 }),
    fc
      .tuple(fc.nat(14), fc.nat(14))
      .map(([start, count]) =>
        Array.from({ length: 15 }, (_, index) =>
          index >= start && index < start + count ? "lost" : "whole",
        ),
      ),
  ),
  omitsManagedFields: fc.boolean(),
});

/** The log's writes, in the server's order, and which served write each is. */
export function logged(served: readonly ServedWrite[], { fates, omitsManagedFields }: Loss): ClusterWrite[] {
  return served.flatMap(({ write }, index) => {
    const fate = fates[index % fates.length];
    if (fate === "lost") return [];
    if (fate === "bare")
      return [{ ...write, after: undefined, request: undefined, resourceVersion: null, uid: null }];
    const after = omitsManagedFields && write.after ? withoutManagedFields(write.after) : write.after;
    return [{ ...write, after }];
  });
}

function withoutManagedFields(object: IngressObject): IngressObject {
  const { managedFields: _, ...metadata } = isJsonObject(object.metadata) ? object.metadata : {};
  return { ...object, metadata };
}
