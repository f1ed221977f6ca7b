import type { Recipe } from './recipe';

const CLIENT = '@edgecrop/client';

/** A React component's markup. */
export function reactCode(recipe: Recipe): string {
  const { steps } = recipe;
  const attributes = [
    `src={imageUrl(cdn, ${quoted(recipe.key)}, crop)}`,
    ...(steps ? [`srcSet={srcSet(cdn, ${quoted(recipe.key)}, crop, ${literal(steps)})}`] : []),
    ...(steps?.widths ? ['sizes="100vw"'] : []),
    ...sizeProps(recipe),
    ...(steps?.widths ? ["style={{ width: '100%', height: 'auto' }}"] : []),
    'alt=""',
  ];
  return `${opening(recipe, steps ? ['imageUrl', 'srcSet'] : ['imageUrl'])}

<img
${attributes.map((line) => `  ${line}`).join('\n')}
/>`;
}

/** The loader for `next/image`, and an image that uses it. */
export function nextCode(recipe: Recipe): string {
  const { base, key, params = {}, steps } = recipe;
  if (!steps) {
    return `${opening(recipe, ['imageUrl'])}

// The type allows one size, so no loader has a choice.
<Image unoptimized src={imageUrl(cdn, ${quoted(key)}, crop)} ${sizeProps(recipe).join(' ')} alt="" />`;
  }
  // With its own widths, w and h are an aspect ratio.
  return `// image-loader.ts: images.loaderFile in next.config.ts, with loader: 'custom'
'use client';

import { nextLoader } from '${CLIENT}/next';

export default nextLoader(${quoted(base)}, ${literal(params)});

// In a page
<Image src=${JSON.stringify(key)} ${sizeProps(recipe).join(' ')} alt="" />`;
}

/** The URL and its candidates in JavaScript, in a browser or on a server. */
export function clientCode(recipe: Recipe): string {
  const { key, steps } = recipe;
  const lines = [
    `const src = imageUrl(cdn, ${quoted(key)}, crop);`,
    ...(steps ? [`const srcset = srcSet(cdn, ${quoted(key)}, crop, ${literal(steps)});`] : []),
  ];
  return `${opening(recipe, steps ? ['imageUrl', 'srcSet'] : ['imageUrl'])}
${lines.join('\n')}`;
}

/** A line for the shell that shows the headers and keeps the bytes. */
export function curlLine({ url, sign }: Recipe): string {
  const accept = url.includes('format=auto') ? " -H 'accept: image/avif,image/webp'" : '';
  // What is written into a control may hold a quote.
  return `curl -sSD - -o picture${accept} '${sign(url).replaceAll("'", '%27')}'`;
}

function opening({ base, params = {} }: Recipe, names: readonly string[]): string {
  return `import { ${names.join(', ')} } from '${CLIENT}';

const cdn = ${quoted(base)};
const crop = ${literal(params)};`;
}

function sizeProps({ size }: Recipe): readonly string[] {
  return size ? [`width={${size.width}}`, `height={${size.height}}`] : [];
}

/** An object as people write it. */
function literal(value: object): string {
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${fieldText(field)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function fieldText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  return typeof value === 'string' ? quoted(value) : String(value);
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
