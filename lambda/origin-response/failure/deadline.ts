/** When the response has to be sent. */
export interface Deadline {
  /** Milliseconds left, never below 0. */
  remaining(): number;
}

/** Thrown by work that the deadline has ended. */
export class OutOfTime extends Error {
  constructor() {
    super('out of time');
    this.name = 'OutOfTime';
  }
}

/**
 * Reserves time to send the response: Lambda@Edge stops a function at its timeout, and the viewer would see a 503.
 *
 * @param remaining milliseconds until Lambda's timeout
 * @param reserve milliseconds
 */
export function createDeadline(remaining: () => number, reserve = 1500): Deadline {
  return { remaining: () => Math.max(0, remaining() - reserve) };
}

/** Settles as the work does, or rejects with {@link OutOfTime} if the deadline comes first. */
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
