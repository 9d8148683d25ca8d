/** In bytes. Beyond it, blobs are read again. */
const LIMIT = 32 * 1024 * 1024;

/** Contents by object id: what discovery has read, the audit reads again. */
export class BlobMemory {
  readonly #contents = new Map<string, Buffer>();
  #free = LIMIT;

  get(blob: string): Buffer | undefined {
    return this.#contents.get(blob);
  }

  has(blob: string): boolean {
    return this.#contents.has(blob);
  }

  /** For what the object store may lack, as a file of the work tree. */
  hold(blob: string, content: Buffer): void {
    this.#contents.set(blob, content);
  }

  /** For what can be read again: as long as there is room. */
  keep(blob: string, content: Buffer): void {
    if (content.length > this.#free || this.#contents.has(blob)) return;
    this.#contents.set(blob, content);
    this.#free -= content.length;
  }
}
