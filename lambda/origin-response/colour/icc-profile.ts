import type { Chromaticity, ColourSpace, Primaries, Transfer } from './colour-code';
import { toneCurve } from './tone-curve';

/** An ICC profile (version 4) of a colour space: https://www.color.org/specification/ICC.1-2022-05.pdf */
export function iccProfile({ primaries, transfer }: ColourSpace, channels: 'rgb' | 'grey'): Buffer {
  const curve = curveTag(transfer);
  const common = [tag('desc', text('edgecrop')), tag('cprt', text('CC0')), tag('wtpt', xyz(D50))];
  if (channels === 'grey') return profile('GRAY', [...common, tag('kTRC', curve)]);
  const adaptation = adaptationFrom(primaries.white);
  const [red, green, blue] = transpose(multiply(adaptation, toXyz(primaries)));
  return profile('RGB ', [
    ...common,
    tag('chad', Buffer.concat([Buffer.from('sf32\0\0\0\0', 'latin1'), ...adaptation.flat().map(fixed)])),
    tag('rXYZ', xyz(red)),
    tag('gXYZ', xyz(green)),
    tag('bXYZ', xyz(blue)),
    tag('rTRC', curve),
    tag('gTRC', curve),
    tag('bTRC', curve),
  ]);
}

interface Tag {
  readonly name: string;
  readonly data: Buffer;
}

function tag(name: string, data: Buffer): Tag {
  return { name, data };
}

function profile(space: 'RGB ' | 'GRAY', tags: readonly Tag[]): Buffer {
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length);
  const placed = new Map<Buffer, number>();
  const bodies: Buffer[] = [];
  let end = 128 + table.length;
  for (const [i, { name, data }] of tags.entries()) {
    let offset = placed.get(data);
    if (offset === undefined) {
      offset = end;
      placed.set(data, offset);
      const padded = Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
      bodies.push(padded);
      end += padded.length;
    }
    table.write(name, 4 + 12 * i, 'latin1');
    table.writeUInt32BE(offset, 8 + 12 * i);
    table.writeUInt32BE(data.length, 12 + 12 * i);
  }
  const header = Buffer.alloc(128);
  header.writeUInt32BE(end, 0);
  header.writeUInt32BE(0x04400000, 8);
  header.write(`mntr${space}XYZ `, 12, 'latin1');
  // The date has to be one.
  header.writeUInt16BE(2026, 24);
  header.writeUInt16BE(1, 26);
  header.writeUInt16BE(1, 28);
  header.write('acsp', 36, 'latin1');
  xyz(D50).copy(header, 68, 8);
  return Buffer.concat([header, table, ...bodies]);
}

function text(value: string): Buffer {
  const record = Buffer.alloc(28);
  record.write('mluc', 0, 'latin1');
  record.writeUInt32BE(1, 8);
  record.writeUInt32BE(12, 12);
  record.write('enUS', 16, 'latin1');
  record.writeUInt32BE(value.length * 2, 20);
  record.writeUInt32BE(28, 24);
  return Buffer.concat([record, Buffer.from(value, 'utf16le').swap16()]);
}

function curveTag(transfer: Transfer): Buffer {
  if (transfer === 'srgb') return parametric(3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]);
  if (typeof transfer === 'object') return parametric(0, [transfer.gamma]);
  const curve = toneCurve(transfer);
  const data = Buffer.alloc(12 + 2 * curve.length);
  data.write('curv', 0, 'latin1');
  data.writeUInt32BE(curve.length, 8);
  for (const [i, light] of curve.entries()) data.writeUInt16BE(Math.round(light * 65_535), 12 + 2 * i);
  return data;
}

function parametric(kind: number, parameters: readonly number[]): Buffer {
  const head = Buffer.from('para\0\0\0\0\0\0\0\0', 'latin1');
  head.writeUInt16BE(kind, 8);
  return Buffer.concat([head, ...parameters.map(fixed)]);
}

function xyz(vector: Vector): Buffer {
  return Buffer.concat([Buffer.from('XYZ \0\0\0\0', 'latin1'), ...vector.map(fixed)]);
}

/** s15Fixed16Number. */
function fixed(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(Math.max(-0x80000000, Math.min(0x7fffffff, Math.round(value * 65_536))));
  return bytes;
}

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

/** The white of ICC's connection space. */
const D50: Vector = [0.9642, 1, 0.8249];

const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

/** From RGB to XYZ under the white of the primaries. */
function toXyz({ red, green, blue, white }: Primaries): Matrix {
  const unscaled = transpose([xyzOf(red), xyzOf(green), xyzOf(blue)]);
  const [r, g, b] = apply(invert(unscaled), xyzOf(white));
  return multiply(unscaled, [
    [r, 0, 0],
    [0, g, 0],
    [0, 0, b],
  ]);
}

function adaptationFrom(white: Chromaticity): Matrix {
  const [l, m, s] = apply(BRADFORD, xyzOf(white));
  const [l50, m50, s50] = apply(BRADFORD, D50);
  const gains: Matrix = [
    [l50 / l, 0, 0],
    [0, m50 / m, 0],
    [0, 0, s50 / s],
  ];
  return multiply(invert(BRADFORD), multiply(gains, BRADFORD));
}

function xyzOf([x, y]: Chromaticity): Vector {
  return [x / y, 1, (1 - x - y) / y];
}

function transpose([a, b, c]: Matrix): Matrix {
  return [
    [a[0], b[0], c[0]],
    [a[1], b[1], c[1]],
    [a[2], b[2], c[2]],
  ];
}

function apply(matrix: Matrix, [x, y, z]: Vector): Vector {
  const row = (i: 0 | 1 | 2) => matrix[i][0] * x + matrix[i][1] * y + matrix[i][2] * z;
  return [row(0), row(1), row(2)];
}

function multiply(left: Matrix, right: Matrix): Matrix {
  const [a, b, c] = transpose(right);
  return transpose([apply(left, a), apply(left, b), apply(left, c)]);
}

function invert([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const scaled = (row: Vector): Vector => [row[0] / determinant, row[1] / determinant, row[2] / determinant];
  return [
    scaled([e * i - f * h, c * h - b * i, b * f - c * e]),
    scaled([f * g - d * i, a * i - c * g, c * d - a * f]),
    scaled([d * h - e * g, b * g - a * h, a * e - b * d]),
  ];
}
