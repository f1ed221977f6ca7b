import { imageUrl as clientUrl, type ImageParams, type SrcSetSteps, srcSet } from '../../client/src';
import { PARAMETERS } from '../../lambda/contract/parameters/table';
import { type Choice, queryOf, type Values } from './choice';

/** Widths in the page's pixels that most layouts do with, where the choice names none. */
const WIDTHS: SrcSetSteps = { widths: [320, 640, 960, 1280, 1920] };
const DENSITIES: SrcSetSteps = { dprs: [1, 2, 3] };

/** The URL of a choice on an edge. What no parameter allows is in it, which the client would not write. */
export function imageUrl(origin: string, { key, values }: Choice): string {
  const query = queryOf(values);
  return `${clientUrl(origin, key)}${query && `?${query}`}`;
}

/** The markup of a picture that is as sharp as each screen takes it. */
export function imageMarkup(origin: string, choice: Choice): string {
  const { key, values } = choice;
  const src = `<img src="${escaped(imageUrl(origin, choice))}"`;
  const isFixed = values.w !== '' || values.h !== '';
  const candidates = values.t === '' ? undefined : candidatesOf(origin, key, values, isFixed);
  if (candidates === undefined) return `${src} alt="">`;
  const lines = [
    src,
    `srcset="${escaped(candidates).replaceAll(', ', ',\n             ')}"`,
    ...(isFixed ? [] : ['sizes="100vw"']),
    'alt="">',
  ];
  return lines.join('\n     ');
}

/** A line for the shell that shows the headers and keeps the bytes. */
export function curlLine(origin: string, choice: Choice): string {
  const accept = choice.values.format === 'auto' ? " -H 'accept: image/avif,image/webp'" : '';
  // What is written into a control may hold a quote.
  return `curl -sSD - -o picture${accept} '${imageUrl(origin, choice).replaceAll("'", '%27')}'`;
}

/** Undefined where the client refuses what is chosen, as the edge will. */
function candidatesOf(origin: string, key: string, values: Values, isFixed: boolean): string | undefined {
  try {
    return srcSet(origin, key, paramsOf(values), isFixed ? DENSITIES : WIDTHS);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** As the client wants them; it checks each by the table. */
function paramsOf(values: Values): ImageParams & { readonly dpr?: undefined } {
  const said = PARAMETERS.flatMap(({ name, kind }) => {
    const text = values[name];
    if (text === '' || name === 'dpr') return [];
    return [[name, kind === 'integer' ? Number(text) : text.toLowerCase()]];
  });
  return { ...Object.fromEntries(said), t: values.t };
}

function escaped(url: string): string {
  return url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
