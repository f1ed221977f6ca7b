import { imageUrl, pictureSources, srcSet } from '../../../client/src';
import type { Recipe } from './recipe';

/** An `<img>` that is as sharp as each screen and as large as the original allow. */
export function imgMarkup(recipe: Recipe): string {
  return tag('img', imgAttributes(recipe));
}

/** A `<picture>` whose URLs name the format, for caches between page and edge that do not go by Accept. */
export function pictureMarkup(recipe: Recipe): string {
  const { base, key, params, isFormatFree, steps = { dprs: [1] } } = recipe;
  if (!params?.t || !isFormatFree) return imgMarkup(recipe);
  const fallback = { ...params, format: params.format === 'png' ? 'png' : 'jpeg' } as const;
  // The last source is what the img itself is for.
  const sources = pictureSources(base, key, fallback, steps).slice(0, -1);
  const tags = [
    ...sources.map(({ type, srcSet }) =>
      tag('source', [['type', type], ['srcset', signed(srcSet, recipe)], ...sizesOf(recipe)]),
    ),
    tag('img', imgAttributes({ ...recipe, params: fallback, url: imageUrl(base, key, fallback) })),
  ];
  return `<picture>\n${tags.map(indented).join('\n')}\n</picture>`;
}

type Attribute = readonly [name: string, value: string];

function imgAttributes(recipe: Recipe): readonly Attribute[] {
  const { base, key, params, steps } = recipe;
  return [
    ['src', recipe.sign(params && steps ? imageUrl(base, key, params) : recipe.url)],
    ...(params && steps
      ? [['srcset', signed(srcSet(base, key, params, steps), recipe)] as const, ...sizesOf(recipe)]
      : []),
    ...sizeAttributes(recipe),
    ['alt', ''],
  ];
}

function sizesOf({ steps }: Recipe): readonly Attribute[] {
  return steps?.widths ? [['sizes', '100vw']] : [];
}

/** With both the page keeps the place free; a width that follows the layout needs a style beside them. */
function sizeAttributes({ size, steps }: Recipe): readonly Attribute[] {
  if (!size) return [];
  return [
    ['width', String(size.width)],
    ['height', String(size.height)],
    ...(steps?.widths ? [['style', 'width: 100%; height: auto'] as const] : []),
  ];
}

/** Signs each URL of a srcset. */
function signed(set: string, { sign }: Recipe): string {
  return set
    .split(', ')
    .map((candidate) => candidate.replace(/^\S+/, sign))
    .join(', ');
}

/** A tag with an attribute a line, and a candidate of a srcset a line. */
function tag(name: string, attributes: readonly Attribute[]): string {
  const margin = ' '.repeat(name.length + 2);
  const lines = attributes.map(([attribute, value]) => {
    const text = escaped(value);
    const hanging = `,\n${margin}${' '.repeat(attribute.length + 2)}`;
    return `${attribute}="${attribute === 'srcset' ? text.replaceAll(', ', hanging) : text}"`;
  });
  return `<${name} ${lines.join(`\n${margin}`)}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
