import type { Token } from "../state/caller.ts";
import type { World } from "../state/world.ts";

export interface Context {
  readonly world: World;
  readonly token: Token;
}

export type Args = Readonly<Record<string, unknown>>;

/** One field of one of GitHub's types: its arguments, what type it leads to, and where its value comes from. */
export interface Field<Source> {
  /** The object type (or interface) of the value; absent for scalars. */
  readonly type?: string;
  /** A connection must be asked for with `first` or `last`; its value is the whole list of nodes. */
  readonly connection?: boolean;
  readonly args?: readonly string[];
  /** A method, so that a table of fields for one source can stand among those for others. */
  of(source: Source, args: Args, context: Context): unknown;
}

export interface ObjectType<Source = unknown> {
  readonly fields: Readonly<Record<string, Field<Source>>>;
  /** For an interface: which type a value has. */
  typeOf?(source: Source): string;
}

/** An error as GitHub writes it beside the data. */
export class GraphqlError extends Error {
  readonly type: string;
  /** A mistake of the query itself: nothing is answered, and no retry helps. */
  readonly isMistake: boolean;

  constructor(type: string, message: string, isMistake = false) {
    super(message);
    this.type = type;
    this.isMistake = isMistake;
  }
}
