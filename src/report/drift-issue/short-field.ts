import { elide } from "../elide.ts";
import { fieldPhrase, type Phrase, value } from "../phrase.ts";

/** In characters: an Ingress's paths may be of any length. */
const MAX_FIELD = 240;

/** A field path for a line or a cell; a very long one without its middle. */
export function shortField(field: string): Phrase {
  return field.length <= MAX_FIELD ? fieldPhrase(field) : [value(elide(field, MAX_FIELD))];
}
