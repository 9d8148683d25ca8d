const DEFAULT_COLUMNS = 100;

interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { readonly columns?: number | undefined };
}

/** How wide a report is: the terminal, else what `COLUMNS` says. A terminal that does not know its width says 0. */
export function reportWidth({ env, stdout }: Terminal): number {
  const asked = /^[1-9]\d{0,3}$/.test(env.COLUMNS ?? "") ? Number(env.COLUMNS) : DEFAULT_COLUMNS;
  return stdout.columns || asked;
}
