import { deflateSync } from 'node:zlib';
import {
  type ColourSpace,
  colourSpaceOf,
  type Primaries,
  SRGB_PRIMARIES,
  type Transfer,
  unlessSrgb,
} from '../colour/colour-code';
import { iccProfile } from '../colour/icc-profile';
import { encodeChunk, headerChunks, type PngChunk } from '../containers/png-chunks';
import { type Prepared, ready } from './original';

/** Gives a PNG whose colours are described by code the profile that says the same. An animation is not cropped. */
export function preparePng(bytes: Buffer): Prepared {
  const chunks = headerChunks(bytes);
  const [header, ...others] = chunks;
  if (header?.type !== 'IHDR') return ready(bytes, 'png');
  if (others.some(({ type }) => type === 'acTL')) {
    return { kind: 'refused', reason: 'animated-png', detail: 'it has a chunk acTL' };
  }
  const declared = declaredColours(others);
  if (declared === undefined) return ready(bytes, 'png');
  const isGrey = ((header.data[9] ?? 0) & 2) === 0;
  const profile = declared.space && encodeProfile(declared.space, isGrey ? 'grey' : 'rgb');
  const kept = others.filter(({ type }) => !COLOUR_CHUNKS.has(type));
  const end = chunks.at(-1)?.end ?? header.end;
  const parts = [
    bytes.subarray(0, header.end),
    ...(profile === undefined ? [] : [profile]),
    ...kept.map((chunk) => bytes.subarray(chunk.start, chunk.end)),
    bytes.subarray(end),
  ];
  return ready(Buffer.concat(parts), 'png', { isChanged: true });
}

const COLOUR_CHUNKS = new Set(['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM']);

/**
 * What the header says of the colours, where libvips would not read it: libvips knows `iCCP` only. The order of
 * precedence is that of the third edition: https://www.w3.org/TR/png-3/#color-chunk-precendence
 *
 * @returns undefined where libvips is right; a space of undefined is sRGB
 */
function declaredColours(
  chunks: readonly PngChunk[],
): { readonly space: ColourSpace | undefined } | undefined {
  const chunk = (name: string, bytes: number) =>
    chunks.find(({ type, data }) => type === name && data.length >= bytes)?.data;
  const hasProfile = chunk('iCCP', 1) !== undefined;
  const code = chunk('cICP', 4);
  if (code !== undefined) {
    const space = colourSpaceOf(code.readUInt8(0), code.readUInt8(1));
    return space === undefined && !hasProfile ? undefined : { space };
  }
  if (hasProfile || chunk('sRGB', 1) !== undefined) return undefined;
  const gamma = chunk('gAMA', 4);
  const chromaticities = chunk('cHRM', 32);
  const space = unlessSrgb({
    transfer: gamma === undefined ? 'srgb' : transferOf(gamma.readUInt32BE(0)),
    primaries: (chromaticities && primariesOf(chromaticities)) ?? SRGB_PRIMARIES,
  });
  return space && { space };
}

const UNIT = 100_000;

/** The gamma that stands for the curve of sRGB: https://www.w3.org/TR/png-3/#11sRGB */
const SRGB_GAMMA = 45_455;

function transferOf(gamma: number): Transfer {
  // Some writers round to 0.45 or 0.4545.
  if (gamma === 0 || Math.abs(gamma - SRGB_GAMMA) < 500) return 'srgb';
  return { gamma: UNIT / gamma };
}

/** @returns undefined for points that span no triangle */
function primariesOf(chunk: Buffer): Primaries | undefined {
  const point = (i: number) =>
    [chunk.readUInt32BE(8 * i) / UNIT, chunk.readUInt32BE(8 * i + 4) / UNIT] as const;
  const [white, red, green, blue] = [point(0), point(1), point(2), point(3)] as const;
  const area = (green[0] - red[0]) * (blue[1] - red[1]) - (blue[0] - red[0]) * (green[1] - red[1]);
  const isPlausible = [white, red, green, blue].every(([x, y]) => y > 0 && x <= 1 && y <= 1);
  return isPlausible && Math.abs(area) > 0.001 ? { white, red, green, blue } : undefined;
}

function encodeProfile(space: ColourSpace, channels: 'rgb' | 'grey'): Buffer {
  const name = Buffer.from('edgecrop\0\0', 'latin1');
  return encodeChunk('iCCP', Buffer.concat([name, deflateSync(iccProfile(space, channels))]));
}
