/** When an answer has to be on its way. */
export interface Deadline {
  /** Milliseconds that are left, never below 0. */
  remaining(): number;
}

/** Thrown where work was cut because its time was over. */
export class OutOfTime extends Error {
  constructor() {
    super('out of time');
    this.name = 'OutOfTime';
  }
}

/**
 * Keeps back what it takes to answer: Lambda@Edge stops a function at its timeout, and the viewer would
 * see a 503.
 *
 * @param remaining Lambda's own count, in milliseconds
 * @param reserve milliseconds to keep
 */
export function createDeadline(remaining: () => number, reserve = 1500): Deadline {
  return { remaining: () => Math.max(0, remaining() - reserve) };
}

/** Settles as the work does, or rejects with {@link OutOfTime} when the deadline comes first. */
export async function within<T>(deadline: Deadline, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new OutOfTime()), deadline.remaining());
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
