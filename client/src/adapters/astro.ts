/** Astro: an image service. `@edgecrop/client/astro`. */
import { PARAMETERS } from '../../../lambda/contract/parameters/table';
import { badInput } from '../bad-input';
import type { Signing } from '../index';
import { type ComponentImage, componentUrl } from './component-image';

/** What `<Image>`, `<Picture>` or `getImage` ask for. */
export interface AstroImage extends ComponentImage {
  /** The object's key, unescaped; a leading slash, which Astro wants, is passed over. */
  readonly src: string | object;
  readonly widths?: readonly (number | string)[] | undefined;
  readonly densities?: readonly (number | string)[] | undefined;
  readonly [name: string]: unknown;
}

/** The part of Astro's configuration that the service reads. */
export interface AstroImageConfig {
  readonly service: { readonly config: Readonly<Record<string, unknown>> };
}

/**
 * An image in one size of a srcset, of which Astro asks the URL.
 *
 * @typeParam Src what the component was given, handed back as it came: Astro's own type grows with its releases
 */
export interface AstroTransform<Src> {
  readonly width: number;
  readonly height: number | undefined;
  readonly src: Src;
  readonly [name: string]: unknown;
}

/** A candidate of a srcset, before it has a URL. */
export interface AstroCandidate<Src> {
  readonly transform: AstroTransform<Src>;
  readonly descriptor: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** An external image service. https://docs.astro.build/en/reference/image-service-reference/ */
export interface AstroService {
  getURL(image: AstroImage, config: AstroImageConfig): string;
  getSrcSet<Image extends AstroImage>(image: Image): AstroCandidate<Image['src']>[];
  getHTMLAttributes(image: AstroImage): Record<string, unknown>;
}

/** The service, for a file of your own that gives it `sign`. It runs at build or on the server alone. */
export function astroService(signing: Signing = {}): AstroService {
  return {
    getURL({ src, ...image }, { service }) {
      const { base = '' } = service.config;
      if (typeof src !== 'string') throw badInput('src', 'an imported file', "an object's key in the bucket");
      return componentUrl(String(base), src, cropOf(image), signing);
    },
    getSrcSet<Image extends AstroImage>(image: Image) {
      const { widths, densities, ...crop } = image;
      const [width, height] = [Number(image.width), Number(image.height)];
      const candidate = (pixels: number, descriptor: string): AstroCandidate<Image['src']> => ({
        transform: {
          ...crop,
          src: image.src,
          width: pixels,
          height: height && width ? (height * pixels) / width : undefined,
        },
        descriptor,
        attributes: {},
      });
      // A layout of Astro's names some widths twice.
      const pixels = [...new Set((widths ?? []).map(Number))];
      if (widths) return pixels.map((value) => candidate(value, `${value}w`));
      return (width ? (densities ?? []) : [])
        .map((density) => Number.parseFloat(String(density)))
        .map((density) => candidate(width * density, `${density}x`));
    },
    getHTMLAttributes(image) {
      const attributes = Object.entries(image).filter(([name]) => !NO_ATTRIBUTES.includes(name));
      const sides = (['width', 'height'] as const).flatMap((name) => {
        const pixels = Math.round(Number(image[name]));
        return pixels ? [[name, pixels]] : [];
      });
      return Object.fromEntries([...attributes, ...sides]);
    },
  };
}

/** What `image.service.entrypoint` of Astro's configuration names; its `config` has the `base`. */
export default astroService();

/** What a crop is made of, in Astro's words and in ours. */
const CROP = ['width', 'height', ...PARAMETERS.map(({ name }): string => name)];

const NO_ATTRIBUTES = [...CROP, 'src', 'widths', 'densities', 'formats', 'layout', 'priority', 'inferSize'];

/** `contain` is of CSS here: all of the picture, without padding. */
function cropOf(image: Readonly<Record<string, unknown>>): ComponentImage {
  const crop = Object.fromEntries(Object.entries(image).filter(([name]) => CROP.includes(name)));
  return {
    ...crop,
    format: crop.format ?? 'auto',
    fit: crop.fit === 'contain' ? 'inside' : crop.fit,
  } as ComponentImage;
}
