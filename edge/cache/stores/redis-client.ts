import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisLocation } from './redis-url';

/** A client of one server, of the primary that Sentinels name, or of a Cluster. */
export type RedisClient = Redis | Cluster;

/** Time limit for connecting, in milliseconds. */
const CONNECT_TIMEOUT = 2000;

/**
 * Creates a client that is not connected yet and fails at once while there is no connection.
 *
 * @param reconnects whether to connect again after an error of Redis
 */
export function createRedisClient(
  location: RedisLocation,
  reconnects: (error: Error) => boolean,
): RedisClient {
  const { kind, addresses, username, password, database, tls, primary } = location;
  const retry = (attempt: number) => Math.min(attempt * 50, 1000);
  const common = {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: {} }),
    connectTimeout: CONNECT_TIMEOUT,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    reconnectOnError: reconnects,
  } satisfies RedisOptions;
  if (kind === 'cluster') {
    return new Cluster([...addresses], {
      lazyConnect: true,
      // A command that cannot be sent now is useless later: the request goes on without Redis.
      enableOfflineQueue: false,
      clusterRetryStrategy: retry,
      redisOptions: common,
      // Certificates name hosts, and a Cluster's nodes name addresses.
      ...(tls && { dnsLookup: (address, callback) => callback(null, address) }),
    });
  }
  const [first] = addresses;
  return new Redis({
    ...common,
    ...(kind === 'sentinel'
      ? {
          sentinels: [...addresses],
          name: primary ?? '',
          sentinelRetryStrategy: retry,
          ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
          ...(password !== undefined && { sentinelPassword: password }),
        }
      : { host: first?.host ?? '', port: first?.port ?? 6379 }),
    db: database,
    lazyConnect: true,
    enableOfflineQueue: false,
    retryStrategy: retry,
  });
}
