/**
 * Result of trying to acquire a lease: we hold it, another edge holds it, or leases are unavailable. `released` resolves
 * when it is time to try again.
 */
export type LeaseResult =
  | { readonly kind: 'held'; release(stored: boolean): void }
  | { readonly kind: 'taken'; released(signal: AbortSignal | undefined): Promise<void> }
  | { readonly kind: 'unavailable' };

/** Leases that all edges with the same cache compete for. A lease that is not released expires. */
export interface Leases {
  /** Never throws. */
  acquire(name: string): Promise<LeaseResult>;
}

/** A task whose result several edges may need at once. */
export interface SharedTask<T> {
  readonly name: string;
  /** Looks for the result in the cache, where another edge may have stored it. */
  lookup(): Promise<T | undefined>;
  compute(): Promise<T>;
  /** Aborted when nobody waits for the result any longer. */
  readonly signal?: AbortSignal;
}

export interface LeaseCoordinatorOptions {
  /** Undefined if the cache is not shared; every task is then computed at once. */
  readonly leases: Leases | undefined;
  /** Called when a result was found that another edge computed. */
  readonly onShared?: () => void;
  /**
   * How long to wait for another edge before computing anyway, in milliseconds.
   *
   * @default - one minute, longer than any render may take
   */
  readonly maxWait?: number;
}

/** Collapses tasks between edges: one computes, the others wait until its result is in the cache. */
export function createLeaseCoordinator<T extends { readonly stored?: boolean }>(
  options: LeaseCoordinatorOptions,
) {
  const { leases, onShared, maxWait = 60_000 } = options;

  const computeWithLease = async (
    { lookup, compute }: SharedTask<T>,
    release: (stored: boolean) => void,
  ): Promise<T> => {
    let result: T | undefined;
    try {
      // Another edge may have finished between the lookup and acquiring the lease.
      result = (await lookup()) ?? (await compute());
      return result;
    } finally {
      release(result?.stored === true);
    }
  };

  return async (task: SharedTask<T>): Promise<T> => {
    if (!leases) return task.compute();
    const deadline = Date.now() + maxWait;
    while (Date.now() < deadline) {
      const lease = await leases.acquire(task.name);
      if (lease.kind === 'held') return computeWithLease(task, lease.release);
      if (lease.kind === 'unavailable') break;
      await lease.released(task.signal);
      task.signal?.throwIfAborted();
      const found = await task.lookup();
      if (found) {
        onShared?.();
        return found;
      }
    }
    return task.compute();
  };
}
