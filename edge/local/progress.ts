import picocolors from 'picocolors';

/** What is going on, said while people wait. */
export interface Progress {
  /** In place of what was said before. */
  say(text: string): void;
  /** On a terminal nothing of it stays. */
  end(): void;
}

type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;
const FRAME_MILLISECONDS = 100;
/** Back to the line's beginning, and all of it gone. */
const CLEAR = '\r\u001b[2K';

/** A line that turns, on a terminal; elsewhere nothing at all. */
export function createProgress(output: Output): Progress {
  if (!output.isTTY) return { say: () => {}, end: () => {} };
  const { cyan, dim } = colours(output);
  const start = Date.now();
  let text = '';
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    const seconds = Math.round((Date.now() - start) / 1000);
    frame = (frame + 1) % FRAMES.length;
    output.write(`${CLEAR}${cyan(FRAMES[frame] ?? '')} ${text} ${dim(`${seconds} s`)}`);
  };
  return {
    say: (next) => {
      text = next;
      timer ??= setInterval(draw, FRAME_MILLISECONDS).unref();
      draw();
    },
    end: () => {
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      output.write(CLEAR);
    },
  };
}

/** Colours on a terminal that NO_COLOR does not forbid; elsewhere the text as it is. */
export function colours(output: Pick<NodeJS.WriteStream, 'isTTY'>) {
  // By itself the library takes CI for a terminal.
  return picocolors.createColors(output.isTTY === true && picocolors.isColorSupported);
}
