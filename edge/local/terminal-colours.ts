import picocolors from 'picocolors';

/** Returns functions that colour text for a terminal. With NO_COLOR, or for anything else, they change nothing. */
export function terminalColours(stream: Pick<NodeJS.WriteStream, 'isTTY'>) {
  // The library alone would also colour in CI, where the stream is not a terminal.
  return picocolors.createColors(stream.isTTY === true && picocolors.isColorSupported);
}
