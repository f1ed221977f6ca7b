import type { ParameterName } from './parameter';

/** Documentation of one parameter. */
export interface ParameterDoc {
  /** One line of Markdown. */
  readonly doc: string;
  /** What it means when the parameter is absent or empty. */
  readonly absent: string;
}

/** Not in the table itself, which is part of a function of at most 10 kB. */
export const PARAMETER_DOCS: Readonly<Record<ParameterName, ParameterDoc>> = {
  t: {
    doc: 'the type of crop; `A` fills the box and cuts what is over, around the centre',
    absent: 'the original, untouched; the same for an unknown type',
  },
  w: {
    doc: 'width of the box',
    absent: 'follows `h` and the aspect ratio; both absent: size unchanged',
  },
  h: {
    doc: 'height of the box',
    absent: 'follows `w` and the aspect ratio; both absent: size unchanged',
  },
  format: {
    doc: 'format of the crop; `json` describes the crop instead',
    absent: "the original's (JPEG for TIFF and HEIC, or PNG if it has alpha)",
  },
  quality: {
    doc: 'quality of jpeg, webp and avif; png and gif ignore it',
    absent: '75',
  },
  fit: {
    doc: '`cover` fills the box and cuts, `contain` shows everything and pads, `inside` shows everything and may be smaller',
    absent: "the type's; `cover` for `A`",
  },
  position: {
    doc: 'which part to keep: a side, a corner, `attention`, `entropy`, or a focal point such as `0.3,0.7`',
    absent: "the focal point in the object's metadata, else `centre`",
  },
  dpr: {
    doc: 'device pixels per CSS pixel; multiplies `w`, `h` and `blur`',
    absent: '1',
  },
  rect: {
    doc: 'the part to crop from: left, top, width and height, as fractions of the upright image',
    absent: 'all of it',
  },
  rotate: {
    doc: 'rotates the upright image clockwise; all other parameters apply to the rotated image',
    absent: '0',
  },
  flip: {
    doc: 'mirrors left to right (`h`), upside down (`v`) or both, after `rotate`',
    absent: 'not mirrored',
  },
  background: {
    doc: 'colour behind transparent pixels if the format has no transparency, and around a padded image',
    absent: "the type's, else the deployment's; a transparent image is padded with transparency",
  },
  blur: {
    doc: 'sigma of a Gaussian blur, in CSS pixels',
    absent: 'sharp',
  },
  trim: {
    doc: 'cuts off a border of one colour, before everything else; the value is the tolerance',
    absent: 'nothing is cut',
  },
  animated: {
    doc: '`false` makes a still of the first frame',
    absent: '`true`: animations stay animated if the format can',
  },
  download: {
    doc: "`true` makes browsers save the crop, under the object's name",
    absent: '`false`: it is shown',
  },
};
