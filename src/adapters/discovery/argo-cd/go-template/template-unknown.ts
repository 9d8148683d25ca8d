/** What is not read or not known here: an action, a function or a value. The message names it, as it is written. */
export class TemplateUnknown extends Error {
  override name = "TemplateUnknown";
}
