import { normalisePath } from '../lambda/params/path';
import { type Choice, queryOf, type Values } from './choice';

/** Widths in the page's pixels that most layouts do with, where the choice names none. */
const WIDTHS: readonly number[] = [320, 640, 960, 1280, 1920];
const DENSITIES: readonly number[] = [1, 2, 3];

/** The URL of a choice on an edge. */
export function imageUrl(origin: string, { key, values }: Choice): string {
  const query = queryOf(values);
  const path = normalisePath(`/${key.split('/').map(encodeURIComponent).join('/')}`);
  return `${origin}${path}${query && `?${query}`}`;
}

/** The markup of a picture that is as sharp as each screen takes it. */
export function imageMarkup(origin: string, { key, values }: Choice): string {
  const url = (changed: Partial<Values>) =>
    escaped(imageUrl(origin, { key, values: { ...values, ...changed } }));
  if (values.t === '') return `<img src="${url({})}" alt="">`;
  const isFixed = values.w !== '' || values.h !== '';
  const candidates = isFixed
    ? DENSITIES.map((dpr) => `${url({ dpr: dpr === 1 ? '' : String(dpr) })} ${dpr}x`)
    : WIDTHS.map((w) => `${url({ w: String(w), dpr: '' })} ${w}w`);
  const sizes = isFixed ? '' : '\n     sizes="100vw"';
  return `<img src="${url({ dpr: '' })}"\n     srcset="${candidates.join(',\n             ')}"${sizes}\n     alt="">`;
}

/** A line for the shell that shows the headers and keeps the bytes. */
export function curlLine(origin: string, choice: Choice): string {
  const accept = choice.values.format === 'auto' ? " -H 'accept: image/avif,image/webp'" : '';
  return `curl -sSD - -o picture${accept} '${imageUrl(origin, choice)}'`;
}

function escaped(url: string): string {
  return url.replaceAll('&', '&amp;');
}
