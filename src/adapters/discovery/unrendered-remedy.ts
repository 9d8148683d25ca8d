/**
 * What to do about something that is applied and cannot be rendered.
 *
 * @param folder Of this repository; null where what is applied lies elsewhere.
 */
export function unrenderedRemedy(folder: string | null): string {
  return folder === null
    ? "Audit the repository that holds it, or vendor it; until then its live Ingresses are left out."
    : "Its live Ingresses are left out.";
}
