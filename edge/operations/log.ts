/** Receives one line that viewers must not see. */
export type Log = (line: string) => void;
