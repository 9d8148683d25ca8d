/** @see https://no-color.org and https://force-color.org */
export function useColor(option: boolean, { env, stdout }: NodeJS.Process): boolean {
  if (!option || (env.NO_COLOR ?? "") !== "") return false;
  if ((env.FORCE_COLOR ?? "") !== "" && env.FORCE_COLOR !== "0") return true;
  return stdout.isTTY === true && env.TERM !== "dumb";
}
