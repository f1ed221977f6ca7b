import { UserError } from '../../../errors/user-error';

/** One server of a Redis deployment. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
}

/** Where Redis is: one server, the current primary that Sentinels know, or a Cluster. */
export interface RedisLocation {
  readonly kind: 'single' | 'sentinel' | 'cluster';
  /** The servers to ask first: the Sentinels, or any nodes of the Cluster. */
  readonly addresses: readonly RedisAddress[];
  readonly username?: string;
  readonly password?: string;
  /** The number of the database; a Cluster has only 0. */
  readonly database: number;
  readonly tls: boolean;
  /** The name by which the Sentinels know the primary. */
  readonly primary?: string;
}

const URL_PARTS =
  /^redis(s?)(?:-(sentinel|cluster))?:\/\/(?:([^/]*)@)?([^@/#]+?)(?:\/(\d+)?)?(?:#([\w.-]+))?$/;
const ADDRESS = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i;

export const REDIS_URLS =
  'redis://host:6379, redis-sentinel://host:26379,host:26379/0#primary or redis-cluster://host:6379,host:6379, each with rediss for TLS';

/** Whether a text is meant as a Redis URL. */
export function isRedisUrl(text: string): boolean {
  return /^rediss?(-sentinel|-cluster)?:\/\//.test(text);
}

/**
 * Reads the URL of a Redis: `redis://`, `redis-sentinel://…#primary` or `redis-cluster://`, with `rediss` for TLS.
 *
 * @throws UserError if it is malformed; it is not repeated, since it may contain a password
 */
export function readRedisUrl(url: string): RedisLocation {
  const fault = (what: string) => new UserError(`--cache: ${what}, allowed: ${REDIS_URLS}`);
  const [, tls, mode, userInfo, hosts = '', database, primary] = URL_PARTS.exec(url) ?? [];
  if (hosts === '') throw fault('got a malformed Redis URL');
  const kind = mode === 'sentinel' || mode === 'cluster' ? mode : 'single';
  if (kind === 'sentinel' && primary === undefined)
    throw fault('a Sentinel URL ends in # and the name of the primary');
  if (kind !== 'sentinel' && primary !== undefined) throw fault('only a Sentinel URL names a primary');
  if (kind === 'cluster' && Number(database ?? 0) !== 0) throw fault('a Cluster has only the database 0');
  const addresses = hosts.split(',').map((text): RedisAddress => {
    const [, host, port = kind === 'sentinel' ? '26379' : '6379'] = ADDRESS.exec(text) ?? [];
    if (host === undefined || Number(port) > 65_535) throw fault('got a malformed host in a Redis URL');
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  });
  if (kind === 'single' && addresses.length > 1) throw fault('redis:// names one host');
  const [username, password] = readUserInfo(userInfo);
  return {
    kind,
    addresses,
    database: Number(database ?? 0),
    tls: tls === 's',
    ...(username && { username }),
    ...(password && { password }),
    ...(primary !== undefined && { primary }),
  };
}

function readUserInfo(userInfo: string | undefined): readonly (string | undefined)[] {
  if (userInfo === undefined) return [];
  const colon = userInfo.indexOf(':');
  if (colon < 0) return [decodeURIComponent(userInfo)];
  return [userInfo.slice(0, colon), userInfo.slice(colon + 1)].map(decodeURIComponent);
}
