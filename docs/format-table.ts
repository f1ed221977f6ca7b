import { resolve } from '../lambda/contract/resolve';
import { plan } from '../lambda/origin-response/plan/plan';
import type { SourceFormat, SourceImage } from '../lambda/origin-response/source/source-image';
import { readCroppingOptions } from '../lib/configuration/cropping-options';
import type { Kind } from '../test/support/kinds/kind';
import { FOREIGN_KINDS, HEIC_KINDS, KINDS } from '../test/support/kinds/kinds';

const ALL: Readonly<Record<string, readonly Kind[]>> = { ...KINDS, 'HEIC, with `heic: true`': HEIC_KINDS };

/** What is cropped, by format. */
export function croppedTable(): string {
  const rows = Object.entries(ALL).map(([format, kinds]) => {
    const names = kinds.filter(({ becomes }) => becomes.kind === 'picture').map(({ name }) => name);
    return `| ${format} | ${names.join('; ')} |`;
  });
  return ['| format | kinds |', '| --- | --- |', ...rows].join('\n');
}

/** What is answered with the original for an hour, and why. */
export function refusedTable(): string {
  const rows = Object.entries({ ...ALL, 'other files': FOREIGN_KINDS }).flatMap(([format, kinds]) => {
    const reasons = kinds.flatMap(({ becomes }) => (becomes.kind === 'refused' ? [becomes.reason] : []));
    return [...new Set(reasons)].map((reason) => {
      const names = kinds.flatMap(({ name, becomes }) =>
        becomes.kind === 'refused' && becomes.reason === reason ? [name] : [],
      );
      return `| ${format} | ${names.join('; ')} | \`${reason}\` |`;
    });
  });
  return ['| format | kinds | reason |', '| --- | --- | --- |', ...rows].join('\n');
}

/** What is answered as S3 has it, and what that is called. */
export function keptTable(): string {
  const rows = Object.entries({ ...KINDS, '': FOREIGN_KINDS }).flatMap(([format, kinds]) =>
    kinds.flatMap(({ name, becomes }) =>
      becomes.kind === 'kept' ? [`| ${`${format} ${name}`.trim()} | \`${becomes.type}\` |`] : [],
    ),
  );
  return ['| file | type |', '| --- | --- |', ...rows].join('\n');
}

const SETTINGS = readCroppingOptions({});

/** Where the URL names no format, and where it says `auto` to viewers that accept AVIF, WebP, or neither. */
const ASKED = [undefined, 'auto-avif', 'auto-webp', 'auto-jpeg'] as const;

const SOURCES: readonly (readonly [name: string, SourceFormat, Partial<SourceImage>])[] = [
  ['JPEG', 'jpeg', {}],
  ['PNG', 'png', { hasAlpha: true }],
  ['GIF', 'gif', { hasAlpha: true }],
  ['GIF, animated', 'gif', { hasAlpha: true, frames: 9 }],
  ['WebP', 'webp', {}],
  ['WebP with alpha', 'webp', { hasAlpha: true }],
  ['WebP, animated', 'webp', { frames: 9 }],
  ['AVIF', 'avif', {}],
  ['AVIF with alpha', 'avif', { hasAlpha: true }],
  ['TIFF, HEIC', 'tiff', {}],
  ['TIFF, HEIC with alpha', 'tiff', { hasAlpha: true }],
];

/** What comes out of each format, by what is asked for. */
export function outputTable(): string {
  const rows = SOURCES.map(([name, format, said]) => {
    const cells = ASKED.map((asked) => outputOf({ ...PLAIN, ...said, format }, asked));
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  return [
    '| original | no `format` | `auto`: AVIF and WebP | `auto`: WebP | `auto`: neither |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

const PLAIN: SourceImage = {
  format: 'jpeg',
  width: 64,
  height: 32,
  orientation: 1,
  frames: 1,
  hasAlpha: false,
  isGrey: false,
  isDeep: false,
  hasProfile: false,
  isPalette: false,
  isClean: true,
};

function outputOf(source: SourceImage, format: (typeof ASKED)[number]): string {
  const params = { ...resolve({ t: 'A' }, SETTINGS), ...(format && { format }) };
  const planned = plan(params, source, SETTINGS);
  if (planned.kind === 'refuse') throw new Error(planned.detail);
  return NAMES[planned.plan.encoding.format];
}

const NAMES = { jpeg: 'JPEG', png: 'PNG', webp: 'WebP', avif: 'AVIF', gif: 'GIF' } as const;
