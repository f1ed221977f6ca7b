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
    doc: 'the type of crop; `A` covers the box, centred',
    absent: 'the original, untouched; so is an unknown type',
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
    doc: 'format of the variant; `json` describes it instead',
    absent: "the source's own (TIFF gives JPEG, or PNG where it has alpha)",
  },
  quality: {
    doc: 'quality of jpeg, webp and avif; png and gif ignore it',
    absent: '75',
  },
  fit: {
    doc: '`cover` fills the box and cuts, `contain` shows all and pads, `inside` shows all and may be smaller',
    absent: "the type's; `cover` for `A`",
  },
  position: {
    doc: 'what stays in the picture: a side, a corner, what draws attention, or a point such as `0.3,0.7`',
    absent: 'the focal point that the object says, else `centre`',
  },
  dpr: {
    doc: "the screen's pixels for each of the page's; multiplies `w` and `h`",
    absent: '1',
  },
};
