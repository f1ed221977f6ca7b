import type { Context, Middleware } from '@20minutes/s3rver';
import parseRange from 'range-parser';
import type { FolderStore } from './folder-store';

/**
 * What S3 does and the embedded server (4.0.4) does not, put in front of it: `If-Match`, the precedence of
 * `If-None-Match` over `If-Modified-Since`, lists and weak forms of ETags, the last bytes (`bytes=-500`), no
 * answer but the whole object to ranges that are malformed or several, and keys with empty segments.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function createS3Corrections(bucket: string, store: FolderStore): Middleware {
  return async (context, next) => {
    const key =
      context.method === 'GET' || context.method === 'HEAD' ? keyOf(context.path, bucket) : undefined;
    if (!key) return next();
    const metadata = await store.getMetadata(bucket, key);
    if (!metadata) return refuse(context, 404, 'NoSuchKey', 'The specified key does not exist.');

    const { headers } = context;
    const { etag = '' } = metadata;
    if (headers['if-match'] !== undefined && !names(headers['if-match'], etag)) {
      return refuse(
        context,
        412,
        'PreconditionFailed',
        'At least one of the pre-conditions you specified did not hold',
      );
    }
    if (headers['if-none-match'] !== undefined) {
      // The server compares one strong ETag; this one it will understand either way.
      headers['if-none-match'] = names(headers['if-none-match'], etag) ? etag : '"of another object"';
      delete headers['if-modified-since'];
    }
    if (headers.range !== undefined) {
      const range = singleRange(headers.range, Number(metadata['content-length']));
      if (range) headers.range = range;
      else delete headers.range;
    }
    return next();
  };
}

function keyOf(path: string, bucket: string): string | undefined {
  try {
    const decoded = decodeURIComponent(path.replaceAll('+', ' '));
    return decoded.startsWith(`/${bucket}/`) ? decoded.slice(bucket.length + 2) : undefined;
  } catch {
    return undefined;
  }
}

function names(list: string, etag: string): boolean {
  return list
    .split(',')
    .map((item) => item.trim().replace(/^W\//, ''))
    .some((item) => item === '*' || item === etag || `"${item}"` === etag);
}

function singleRange(header: string, size: number): string | undefined {
  const ranges = parseRange(size, header);
  // What cannot be satisfied is left for the server to refuse, in a form that it refuses.
  if (ranges === -1) return `bytes=${size}-`;
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return undefined;
  const [range] = ranges;
  return range && `bytes=${range.start}-${range.end}`;
}

async function refuse(context: Context, status: number, code: string, message: string): Promise<void> {
  context.status = status;
  context.type = 'application/xml';
  context.body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
}
