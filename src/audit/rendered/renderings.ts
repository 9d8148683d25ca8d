import type { RenderedFile } from "../../ports/renderer.ts";
import type { SourceRenderer } from "../../ports/source-renderer.ts";
import { mayHoldIngress, type SourceState } from "./source-state.ts";

const NOTHING: RenderedFile = { ingresses: [], problems: [] };

/**
 * What sources render to. Attribution is synchronous and asks for one version after the other as it walks back; what is
 * not known yet is noted, rendered all together, and the attribution done again.
 */
export class Renderings {
  readonly #renderer: SourceRenderer;
  readonly #known = new Map<string, RenderedFile>();
  /** By the source's id, the states that could be rendered. */
  readonly #rendered = new Map<string, readonly SourceState[]>();
  /** One for all that have the same in what can reach an Ingress. */
  readonly #asked = new Map<string, SourceState>();
  /** How many further versions are rendered beside each that was asked for: more from round to round. */
  #ahead = 0;

  constructor(renderer: SourceRenderer) {
    this.#renderer = renderer;
  }

  /** @returns null where it is not known yet: it is noted, with the older versions that may be asked for next. */
  of(state: SourceState, older: () => IteratorObject<SourceState, undefined>): RenderedFile | null {
    const known = this.#find(state);
    if (known !== null) return known;
    for (const each of [state, ...older().take(this.#ahead)]) {
      const isAsked = this.#asked.has(each.reach());
      if (!isAsked && this.#find(each) === null) this.#asked.set(each.reach(), each);
    }
    return null;
  }

  async render(state: SourceState, signal: AbortSignal): Promise<RenderedFile> {
    const known = this.#find(state);
    if (known !== null) return known;
    const rendered = mayHoldIngress(state)
      ? await this.#renderer.render(state.source, state.inputs, state.tree, signal)
      : NOTHING;
    this.#known.set(state.digest, rendered);
    if (!rendered.problems.some(({ level }) => level === "error")) this.#remember(state);
    return rendered;
  }

  #find(state: SourceState): RenderedFile | null {
    const known = this.#known.get(state.digest);
    if (known !== undefined) return known;
    // What could not be rendered says nothing of another state.
    const same = this.#rendered.get(state.source.id)?.find((each) => each.reach() === state.reach());
    return same === undefined ? null : (this.#known.get(same.digest) ?? null);
  }

  #remember(state: SourceState): void {
    const { id } = state.source;
    this.#rendered.set(id, [...(this.#rendered.get(id) ?? []), state]);
  }

  /** @returns false where nothing was asked for since: every answer so far was whole. */
  async renderAsked(signal: AbortSignal): Promise<boolean> {
    if (this.#asked.size === 0) return false;
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    this.#ahead = this.#ahead * 2 + 1;
    await Promise.all(asked.map((state) => this.render(state, signal)));
    return true;
  }
}
