/** A signal ended the run. Whoever catches it lets the process end by that signal, as shells expect. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`Ended by ${signal}`);
    this.signal = signal;
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does work that a signal ends in an orderly way: what is being read is given up, child processes die, temporary files
 * go, and a file that is being written is finished. A second signal ends the process at once.
 *
 * Writing to standard output is better done afterwards: it may block, and then no signal would be heard.
 *
 * @throws {Interrupted}
 */
export async function untilInterrupted<Result>(
  process: NodeJS.Process,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const stopListening = () => {
    for (const name of SIGNALS) process.off(name, abort);
  };
  const abort = (name: NodeJS.Signals) => {
    stopListening();
    controller.abort(new Interrupted(name));
  };
  for (const name of SIGNALS) process.on(name, abort);
  try {
    const result = await work(controller.signal);
    controller.signal.throwIfAborted();
    return result;
  } catch (error) {
    // Whatever failed, it failed because of the signal.
    controller.signal.throwIfAborted();
    throw error;
  } finally {
    stopListening();
  }
}
