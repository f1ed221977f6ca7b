import yoctoSpinner from 'yocto-spinner';

/** Shows what is being done, while people wait. */
export interface Progress {
  /** Replaces the text. */
  update(text: string): void;
  /** Removes the text. */
  stop(): void;
}

/** Creates a spinner on a terminal. Anywhere else nothing is written. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { update: () => {}, stop: () => {} };
  // With signal handlers the spinner ends the process itself; a program that has its own stops the spinner.
  const spinner = yoctoSpinner({ stream, handleSignals: process.listenerCount('SIGINT') === 0 });
  return {
    update: (text) => {
      spinner.text = text;
      spinner.start();
    },
    stop: () => {
      spinner.stop();
    },
  };
}
