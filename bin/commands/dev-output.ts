import type { RequestEntry } from '../../edge/local/report-requests';

/** Functions that colour a text, or leave it alone. */
interface Colours {
  readonly bold: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** What `edgecrop dev` says once it answers. */
export interface Ready {
  /** Ends in a slash. */
  readonly url: string;
  readonly playground: string | undefined;
  /** URLs to try: a crop, one of a width alone, and the original; none if there are no pictures. */
  readonly examples: readonly string[];
  readonly images: string;
  readonly pictures: number;
  readonly isSigned: boolean;
}

const EXAMPLES: readonly string[] = ['A crop', 'A width', 'Original'];
const LABEL_WIDTH = 12;

/** The lines of the ready block, each with a label in front. */
export function readyLines(ready: Ready, { bold, cyan, dim }: Colours): readonly string[] {
  const line = (label: string, text: string) => `  ${label.padEnd(LABEL_WIDTH)}${text}`;
  const { playground, examples, images, pictures } = ready;
  return [
    `edgecrop: ready on ${bold(ready.url)}`,
    ...(playground ? [line('Playground', bold(cyan(playground)))] : []),
    ...examples.map((url, at) => line(EXAMPLES[at] ?? '', cyan(url))),
    line('Pictures', `${images} (${pictures})`),
    ...(ready.isSigned
      ? [line('Signed', 'only signed URLs are answered, with a key that ends with this run')]
      : []),
    dim('  Ctrl-C ends it.'),
  ];
}

/** One request: `GET 200 Miss 83 ms 16 kB webp /lake.jpg?t=A&w=480`, in columns. */
export function requestLine(entry: RequestEntry, { dim, green, red, yellow }: Colours): string {
  const { method, url, status, cache, milliseconds, bytes, type } = entry;
  const colour = status >= 500 ? red : status >= 400 ? yellow : green;
  const columns = [
    method.padEnd(4),
    colour(String(status)),
    cacheWord(cache).padEnd(7),
    `${Math.round(milliseconds)} ms`.padStart(8),
    (bytes === undefined ? '…' : sizeText(bytes)).padStart(8),
    dim((type.split(';')[0] ?? '').replace(/^image\//, '').padEnd(5)),
    url,
  ];
  return columns.join(' ');
}

/** One line that a function printed: its metrics as `name=value`, what is no JSON as it came. */
export function functionLine(line: string): string {
  const said = parseObject(line);
  if (said === undefined) return line;
  const { _aws, plan, ...rest } = said;
  return Object.entries(rest)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(' ');
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** CloudFront's word, shortened where it is long. */
function cacheWord(cache: string): string {
  const words: Readonly<Record<string, string>> = {
    Hit: 'hit',
    Miss: 'miss',
    RefreshHit: 'refresh',
    FunctionGeneratedResponse: 'refused',
  };
  return words[cache] ?? cache.toLowerCase();
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6
    ? `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`
    : `${(bytes / 1e6).toFixed(1)} MB`;
}
