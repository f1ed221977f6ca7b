import type { FIT, FLIP, FORMAT, POSITION } from '../../lambda/contract/parameters/table';

type Words<P extends { readonly words: readonly string[] }> = P['words'][number];

/** A format that a URL can ask for; `auto` takes the best that the viewer's browser shows. */
export type ImageFormat = Words<typeof FORMAT>;

/** How a picture meets its box: `cover` cuts, `contain` pads, `inside` may be smaller. */
export type ImageFit = Words<typeof FIT>;

/** What stays in the picture where it is cut: a word, or a point with both numbers from 0 to 1. */
export type ImagePosition = Words<typeof POSITION> | `${number},${number}` | readonly [x: number, y: number];

/** How a picture is mirrored: left to right, upside down, or both. */
export type ImageFlip = Words<typeof FLIP>;

/** A part of a picture: left, top, width and height, each from 0 to 1. */
export type ImageRect =
  | `${number},${number},${number},${number}`
  | readonly [x: number, y: number, w: number, h: number];

/** What a URL says of a crop. Numbers are rounded to four decimals; what is undefined is not said. */
export interface ImageParams {
  /** A type of the deployment. Absent: `A`, the built-in crop. */
  readonly t?: string | undefined;
  /** Width of the box, a whole number from 1 to 4096 (pixels). Absent: follows `h` and the aspect ratio. */
  readonly w?: number | undefined;
  /** Height of the box, a whole number from 1 to 4096 (pixels). Absent: follows `w` and the aspect ratio. */
  readonly h?: number | undefined;
  /** Absent: the type's, else the source's own. */
  readonly format?: ImageFormat | undefined;
  /** A whole number from 1 to 100 on JPEG's scale. Absent: the type's, else the deployment's, which is 75. */
  readonly quality?: number | undefined;
  /** Absent: the type's, else `cover`. */
  readonly fit?: ImageFit | undefined;
  /** Absent: the type's, else the object's focal point, else `centre`. */
  readonly position?: ImagePosition | undefined;
  /** The screen's pixels for each of the page's, from 1 to 3; multiplies `w`, `h` and `blur`. Absent: 1. */
  readonly dpr?: number | undefined;
  /** The part of the upright picture that is cropped from. Absent: all of it. */
  readonly rect?: ImageRect | undefined;
  /** Degrees clockwise; all else is about the turned picture. Absent: 0. */
  readonly rotate?: 0 | 90 | 180 | 270 | undefined;
  /** After `rotate`. */
  readonly flip?: ImageFlip | undefined;
  /** `rrggbb`, `rgb` or `transparent`: around a padded picture, and where the format has no transparency. */
  readonly background?: string | undefined;
  /** The sigma of a Gaussian in the page's pixels, from 0.3 to 100. */
  readonly blur?: number | undefined;
  /** Cuts a border of one colour, by this tolerance from 1 to 100. */
  readonly trim?: number | undefined;
  /** `false` makes a still of an animation. Absent: `true`. */
  readonly animated?: boolean | undefined;
  /** Whether browsers save the picture. Absent: `false`. */
  readonly download?: boolean | undefined;
}
