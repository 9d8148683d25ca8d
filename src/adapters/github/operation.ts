/** What is asked of GitHub, for messages. */
export interface Operation {
  /** Completes "Cannot …": `list the comments of #12`. */
  readonly doing: string;
  /** The permission that it takes where GitHub does not say: `pull-requests: read`. */
  readonly needs: string;
  /** What to do where GitHub does not find it; that it may be hidden is said of everything else. */
  readonly mendAbsence?: string;
}
