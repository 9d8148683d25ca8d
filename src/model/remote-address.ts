/**
 * Whether a text is the address of a Git remote and nothing else: no local path, no option, no transport that runs a
 * command (`ext::sh -c …`), no credentials, which would end up in reports.
 *
 * @see https://git-scm.com/docs/git-clone#_git_urls
 */
export function isRemoteAddress(text: string): boolean {
  if (/[\s\p{Cc}\\]/u.test(text)) return false;
  return isUrl(text) || SCP_LIKE.test(text);
}

/** `git@host:owner/name.git`: neither host nor path may look like an option. */
const SCP_LIKE = /^[a-z0-9_][\w.-]*@[a-z0-9][a-z0-9.-]*:(?![-:])\/?[\w~][^:]*$/i;

function isUrl(text: string): boolean {
  if (!/^(?:https?|ssh|git):\/\/(?:[a-z0-9_][\w.-]*@)?(?:[a-z0-9]|\[)/i.test(text)) return false;
  const url = URL.parse(text);
  if (url === null || url.password !== "" || url.pathname.length < 2) return false;
  // The user of ssh is a name; that of https is a token as often as not.
  return url.username === "" || url.protocol === "ssh:";
}
