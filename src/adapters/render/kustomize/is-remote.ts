/**
 * Whether kustomize would fetch an entry of `resources`: a URL, an scp-like address, or a host with a repository's path.
 *
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/examples/remoteBuild.md
 */
export function isRemote(entry: string): boolean {
  if (/^(?:git::)?(?:https?|ssh|git|file):\/\//.test(entry)) return true;
  if (/^(?:git::|gh:)/.test(entry) || /^[\w.-]+@[\w.-]+:/.test(entry)) return true;
  if (/[?&](?:ref|version|timeout|submodules)=/.test(entry)) return true;
  return /^(?:github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com)[:/]/.test(entry);
}
