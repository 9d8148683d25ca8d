/** The properties that were given: those that are undefined are left out, so that a default can take their place. */
export function given<Options extends object>(options: Options): Given<Options> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Given<Options>;
}

export type Given<Options> = { [Name in keyof Options]?: Exclude<Options[Name], undefined> };
