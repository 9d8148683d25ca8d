/** The comments of one pull request or issue, as far as this program wrote them. */
export interface CommentThread {
  /**
   * @returns This program's own comments whose body begins with the marker, oldest first. Comments of others are never
   *   taken, whatever they say.
   */
  findOwn(marker: string, signal: AbortSignal): Promise<readonly OwnComment[]>;
  create(body: string, signal: AbortSignal): Promise<OwnComment>;
  update(id: number, body: string, signal: AbortSignal): Promise<OwnComment>;
  /** A comment that is gone already is no error. */
  remove(id: number, signal: AbortSignal): Promise<void>;
}

export interface OwnComment {
  readonly id: number;
  readonly body: string;
  /** Web page of the comment. */
  readonly url: string;
}
