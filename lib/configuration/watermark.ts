import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { POSITION } from '../../lambda/contract/parameters/table';
import { readValue } from '../../lambda/contract/parameters/value';
import type { Watermark } from '../../lambda/contract/settings';

/** The functions carry it, and read it at each cold start. */
const MAX_BYTES = 200_000;

const ALLOWED_POSITION = 'a side, a corner, centre, or a point x,y with numbers from 0 to 1';

const fraction = (min: number, max: number) => {
  const allowed = `a number from ${min} to ${max}`;
  return z.number({ error: allowed }).min(min, allowed).max(max, allowed);
};

/** In the normal form of a URL's `position`; undefined for what is no place. */
function readPlace(text: string): string | undefined {
  const position = readValue(POSITION, encodeURIComponent(text), false);
  return position === 'attention' || position === 'entropy' ? undefined : (position as string | undefined);
}

/** A mark that is drawn on every picture of a type. */
export const watermarkSchema = z.strictObject({
  file: z
    .string({ error: 'the path of a PNG or SVG' })
    .describe('A PNG or SVG of at most 200 kB, from the folder that synth runs in.'),
  position: z
    .string({ error: ALLOWED_POSITION })
    .refine((text) => readPlace(text) !== undefined, { error: ALLOWED_POSITION })
    .transform((text) => readPlace(text) as string)
    .default('southeast')
    .describe('Where it is.'),
  size: fraction(0.01, 1).default(0.2).describe("Its longer side, as a part of the crop's shorter side."),
  margin: fraction(0, 0.5)
    .default(0.03)
    .describe("Its distance from the edges, as a part of the crop's shorter side."),
  opacity: fraction(0.05, 1).default(0.5).describe('From 0.05 to 1, opaque.'),
});

/**
 * Reads the file of a watermark.
 *
 * @param subject what a message calls the watermark
 * @throws Error that names the key, what came and what is allowed
 */
export function readWatermark(options: z.output<typeof watermarkSchema>, subject: string): Watermark {
  const { file, ...settings } = options;
  const refuse = (allowed: string): never => {
    throw new Error(`${subject}.file: got ${JSON.stringify(file)}, allowed: ${allowed}`);
  };
  const bytes = readBytes(file) ?? refuse('the path of a file that can be read');
  if (bytes.length > MAX_BYTES) refuse(`a file of at most ${MAX_BYTES} bytes; this one has ${bytes.length}`);
  const size = pngSize(bytes) ?? svgSize(bytes.toString('utf8'));
  if (size === undefined) return refuse('a PNG, or an SVG with a viewBox or width and height');
  if (size === 'unsafe') {
    return refuse(
      'an SVG whose text is paths (Lambda has no fonts), without scripts, images and references to outside',
    );
  }
  return { ...settings, ...size, data: bytes.toString('base64') };
}

function readBytes(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function pngSize(bytes: Buffer): Size | undefined {
  const isPng = bytes.length > 24 && bytes.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n';
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : undefined;
}

/** In whatever unit: only the ratio counts. */
function svgSize(text: string): Size | 'unsafe' | undefined {
  const [root] = /<svg\b[^>]*>/.exec(text) ?? [];
  if (root === undefined) return undefined;
  if (
    /<(script|text|image|foreignObject)\b|<!ENTITY|href\s*=\s*["'](?!#)|url\(\s*["']?(?!#)|@import/i.test(
      text,
    )
  ) {
    return 'unsafe';
  }
  const [, , boxWidth, boxHeight] = (/\sviewBox\s*=\s*["']([^"']+)["']/.exec(root)?.[1] ?? '')
    .trim()
    .split(/[\s,]+/);
  const said = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([0-9.]+)(?:px)?["']`).exec(root)?.[1];
  const width = Number(said('width') ?? boxWidth);
  const height = Number(said('height') ?? boxHeight);
  return width > 0 && height > 0 ? { width, height } : undefined;
}
