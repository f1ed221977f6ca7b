import type { FormatParam } from './parameters/table';

/** A format that `auto` may choose. */
export type AutoFormat = 'avif' | 'webp';

/**
 * Negotiates `auto` from the formats that the viewer accepts.
 *
 * Wildcards are ignored: viewers that cannot show a WebP send `*` + `/*` or `image/*` too. AVIF needs a viewer that
 * also accepts WebP, because an animation becomes a WebP.
 *
 * @param accept the viewer's `Accept` header
 * @param offered formats; of two with equal q-values, the first wins
 * @returns `auto-jpeg` where the viewer accepts none of them: it cannot show an original of a modern format either.
 *   `auto`, the source's own format, where none is offered
 */
export function negotiate(accept: string, offered: readonly AutoFormat[]): FormatParam {
  let best: FormatParam = offered.length === 0 ? 'auto' : 'auto-jpeg';
  let bestQ = 0;
  for (let i = 0; i < offered.length; i++) {
    const format = offered[i] as AutoFormat;
    const q = qualityOf(accept, format);
    const isShown = format === 'webp' || qualityOf(accept, 'webp') > 0;
    if (q > bestQ && isShown) {
      best = format === 'avif' ? 'auto-avif' : 'auto-webp';
      bestQ = q;
    }
  }
  return best;
}

/** The q-value of a format, 0 where it is not listed or refused. https://www.rfc-editor.org/rfc/rfc9110#section-12.4.2 */
function qualityOf(accept: string, format: AutoFormat): number {
  const range = RegExp(`(?:^|,)\\s*image/${format}\\s*(;[^,]*)?(?:,|$)`, 'i').exec(accept);
  if (range === null) return 0;
  const q = /;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*(?:;|$)/i.exec(range[1] as string);
  return q === null ? 1 : Math.min(1, Number(q[1]));
}
