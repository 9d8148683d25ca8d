/** Aborts reads when the user interrupts or a supervisor ends the run. */
export function abortOnSignal(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => controller.abort(new Error(`Interrupted by ${signal}`)));
  }
  return controller.signal;
}
