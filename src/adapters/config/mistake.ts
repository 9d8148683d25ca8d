/** Something wrong in the configuration, and what would be right. */
export interface Mistake {
  /** Index into the text. */
  readonly offset: number;
  readonly message: string;
}
