import type { FieldPath } from "../../model/field-path.ts";
import type { IngressId } from "../../model/ingress.ts";
import type { Json } from "../../model/json.ts";

/** Who counts as what: the built-in GitOps tools and controllers, and the configuration's. */
export interface WriterPolicy {
  /** True for the pipeline's identities, as the audit log names them. */
  readonly isDeployerUser: (user: string) => boolean;
  /** True for the pipeline's fieldManagers. A client chooses its own, so this never outweighs an audit event. */
  readonly isDeployerManager: (manager: string) => boolean;
  readonly controllerRules: readonly ControllerRule[];
}

/** Recognises what a controller writes to Ingress objects. */
export interface ControllerRule {
  readonly name: string;
  readonly reason: string;
  /** The fields that the controller writes; the empty path is a whole object. */
  readonly covers: (id: IngressId, field: FieldPath, owners: readonly string[]) => boolean;
  readonly isUser: (user: string) => boolean;
  readonly isManager: (manager: string) => boolean;
  /**
   * True for a live value that the controller alone would write. Then its manager need only own the list that holds the
   * field; a list has one owner for all that is in it, and otherwise anybody may have written the field before.
   */
  readonly isOwnValue?: (live: Json | undefined) => boolean;
}
