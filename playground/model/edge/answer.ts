import type { Size } from '../placement';
import { isAnimated } from './animation';

/** What the edge has answered, and how long that took. */
export interface Answer {
  readonly status: number;
  readonly body: Blob;
  /** `image/webp`; the empty string where the edge named none. */
  readonly type: string;
  readonly isAnimated: boolean;
  /** Milliseconds until the last byte, as this page saw it. */
  readonly time: number;
  /** As in `X-Cache`; the empty string where there is none, and so below. */
  readonly cache: string;
  readonly timing: string;
  readonly cropStatus: string;
}

/** As a browser says it that knows the formats of the web. */
const ACCEPT = 'image/avif,image/webp,image/apng,image/*,*/*;q=0.8';

/** Asks the edge, never the browser's own cache: the page is about the edge's answer. */
export async function ask(url: string, signal: AbortSignal): Promise<Answer> {
  const start = performance.now();
  const response = await fetch(url, { signal, cache: 'no-store', headers: { accept: ACCEPT } });
  const body = await response.blob();
  const time = performance.now() - start;
  const header = (name: string) => response.headers.get(name) ?? '';
  return {
    status: response.status,
    body,
    type: header('content-type').split(';')[0] ?? '',
    isAnimated: isAnimated(new Uint8Array(await body.arrayBuffer())),
    time,
    cache: header('x-cache'),
    timing: header('server-timing'),
    cropStatus: header('crop-status'),
  };
}

/** Shows bytes in an image element and gives their size in pixels; undefined where the browser can't decode them. */
export async function show(image: HTMLImageElement, body: Blob): Promise<Size | undefined> {
  const before = image.src;
  image.src = URL.createObjectURL(body);
  if (before.startsWith('blob:')) URL.revokeObjectURL(before);
  try {
    await image.decode();
    return { width: image.naturalWidth, height: image.naturalHeight };
  } catch {
    return undefined;
  }
}

/** The first line of an answer that is text. */
export async function lineOf({ body, status }: Answer): Promise<string> {
  return (await body.text()).trim().slice(0, 500) || String(status);
}
