import { UserError } from '../../../errors/user-error';
import type { Behavior, EdgeAssembly } from '../../assembly/behavior';
import type { ResponseHeadersPolicy } from '../../assembly/response-headers-policy';
import { njsScript } from './njs-script';

export interface NginxOptions {
  readonly assembly: EdgeAssembly;
  /** Where the edge listens: `127.0.0.1:8787`. */
  readonly upstream: string;
  /** Where nginx listens: `80`, `127.0.0.1:8080`. */
  readonly listen: string;
  /** The folder of the cache, which nginx may write. */
  readonly cachePath: string;
  /** The folder of the written files. */
  readonly folder: string;
}

/** Files by name. */
export type NginxFiles = Readonly<Record<'edgecrop.conf' | 'edgecrop.js', string>>;

/**
 * Writes a configuration in which nginx runs the deployed CloudFront Function for the cache key, keeps what the edge
 * answers, and sends the edge the rest.
 *
 * @throws UserError if nginx can't do what the assembly asks for
 */
export function nginxConfiguration(options: NginxOptions): NginxFiles {
  const behavior = onlyBehavior(options.assembly);
  const { viewerRequest, cachePolicy, responseHeadersPolicy } = behavior;
  if (!viewerRequest) {
    throw new UserError('the assembly has no function at viewer-request, so nginx has no use for njs');
  }
  refuseEngine(viewerRequest.code);
  return {
    'edgecrop.js': njsScript({ viewerRequest, queryStrings: cachePolicy.queryStrings }),
    'edgecrop.conf': configuration(options, responseHeadersPolicy),
  };
}

function onlyBehavior({ behaviors }: EdgeAssembly): Behavior {
  const [behavior, ...others] = behaviors;
  if (behavior && others.length === 0 && 'origin' in behavior) return behavior;
  const patterns = behaviors.map(({ pathPattern }) => pathPattern).join(', ');
  throw new UserError(
    `nginx serves one behaviour, and this assembly has ${patterns}; let the edge serve it without nginx's cache`,
  );
}

/** What njs lacks, by the words in the code that ask for it. */
const LACKING: readonly (readonly [RegExp, string])[] = [
  [
    /\bimport\s*\w+\s*from\s*["']cloudfront["']/,
    'the signature check reads a KeyValueStore, which njs does not have',
  ],
  [/\bimport\b/, 'it imports modules of CloudFront’s engine'],
  [/\basync\s+function\s+handler\b/, 'it is async'],
];

function refuseEngine(code: string): void {
  const [, reason] = LACKING.find(([pattern]) => pattern.test(code)) ?? [];
  if (reason === undefined) return;
  throw new UserError(
    `nginx can't run the function at viewer-request: ${reason}; let the edge serve it without nginx's cache`,
  );
}

function configuration(
  { upstream, listen, cachePath, folder }: NginxOptions,
  { add, corsOrigins }: ResponseHeadersPolicy,
): string {
  const cors = add.filter(({ only }) => only === 'cors');
  return `# Written by edgecrop. Include it in nginx's http block; it needs the module ngx_http_js_module.
js_path ${quoted(folder)};
js_import edgecrop from edgecrop.js;
js_var $edgecrop_key;

proxy_cache_path ${quoted(cachePath)} levels=1:2 keys_zone=edgecrop:16m max_size=10g inactive=30d use_temp_path=off;

upstream edgecrop {
  server ${upstream};
  keepalive 64;
}

map $upstream_cache_status $edgecrop_x_cache {
  HIT "Hit from edgecrop";
  STALE "Hit from edgecrop";
  UPDATING "Hit from edgecrop";
  default $upstream_http_x_cache;
}

map $upstream_cache_status $edgecrop_timing {
  HIT "cdn-cache-hit";
  STALE "cdn-cache-hit";
  UPDATING "cdn-cache-hit";
  default $upstream_http_server_timing;
}

# Responses are kept as for a viewer without an origin.
map $http_origin $edgecrop_origin {
${originMap(corsOrigins)}
}
${cors
  .filter(({ header }) => header !== ALLOW_ORIGIN)
  .map(
    ({ header, value }) =>
      `map $edgecrop_origin $edgecrop_${variable(header)} {\n  "" "";\n  default ${quoted(value)};\n}\n`,
  )
  .join('')}
server {
  listen ${listen};

  # A path reaches S3 as it was sent.
  merge_slashes off;
  gzip off;
  client_max_body_size 1m;

  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host $http_host;
  proxy_read_timeout 60s;
  # Large originals pass as they arrive.
  proxy_max_temp_file_size 0;

  proxy_cache_key $edgecrop_key;
  proxy_cache_lock on;
  proxy_cache_lock_timeout 60s;
  proxy_cache_lock_age 60s;
  proxy_cache_use_stale error timeout updating http_500 http_502 http_503 http_504;
  # The key holds what is negotiated. The edge says how long a response is fresh (X-Accel-Expires), by its own rules.
  proxy_ignore_headers Vary Cache-Control Expires;

  location / {
    js_content edgecrop.route;
  }

  location @edge {
    proxy_pass http://edgecrop$request_uri;
  }

  location @original {
    proxy_cache edgecrop;
    ${CACHED}
    if_modified_since before;
${corsHeaders(cors.map(({ header }) => header))}
    proxy_pass http://edgecrop$request_uri;
  }

  # The validators of a crop are its original's, so no viewer is told that nothing has changed, and no part is cut.
  location @crop {
    proxy_cache edgecrop;
    ${CACHED}
    proxy_hide_header ETag;
    add_header ETag $upstream_http_etag always;
    if_modified_since off;
    max_ranges 0;
${corsHeaders(cors.map(({ header }) => header))}
    proxy_pass http://edgecrop$request_uri;
  }

  # For operators, who ask the edge itself.
  location /_edgecrop/ {
    return 404;
  }
}
`;
}

/** A location that sets one header for the edge inherits none. */
const CACHED = `proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header Edgecrop-Proxy nginx;
    proxy_set_header Origin "";
    proxy_hide_header Age;
    proxy_hide_header X-Cache;
    proxy_hide_header Server-Timing;
    add_header X-Cache $edgecrop_x_cache always;
    add_header Server-Timing $edgecrop_timing always;`;

const ALLOW_ORIGIN = 'access-control-allow-origin';

/** An empty value adds no header. */
function corsHeaders(headers: readonly string[]): string {
  return headers
    .map((header) => {
      const value = header === ALLOW_ORIGIN ? 'origin' : variable(header);
      return `    add_header ${header} $edgecrop_${value} always;`;
    })
    .join('\n');
}

/** The patterns of a response headers policy: `*`, a host or a URL, with one `*` at most. */
function originMap(allowed: readonly string[]): string {
  if (allowed.includes('*')) return '  "" "";\n  default "*";';
  const lines = allowed.map((pattern) => {
    const scheme = pattern.includes('://') ? '' : '[a-z]+://';
    return `  ${quoted(`~^${scheme}${pattern.split('*').map(escapeRegExp).join('.+')}$`)} $http_origin;`;
  });
  return ['  default "";', ...lines].join('\n');
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function variable(header: string): string {
  return header.replaceAll('-', '_');
}

/** A string of nginx's configuration. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
