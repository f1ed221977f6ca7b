/** unpic: a provider for its components and its `transform`. `@edgecrop/client/unpic`. */
import { type ImageParams, imageUrl, parseUrl, type Signing } from '../index';
import { type ComponentImage, componentUrl } from './component-image';

/** What unpic calls a crop. */
export type UnpicOperations = Omit<ComponentImage, 'w' | 'h' | 'format' | 'quality'> & {
  readonly width?: number | string;
  readonly height?: number | string;
  readonly format?: NonNullable<ImageParams['format']>;
  readonly quality?: number | string;
};

/** A picture and its crop, taken from a URL. */
export interface UnpicExtracted {
  /** The URL of the original. */
  readonly src: string;
  readonly operations: UnpicOperations;
}

/** A `URL`. */
export interface UrlObject {
  readonly href: string;
}

/** The functions that each provider of unpic is made of. https://unpic.pics/lib */
export interface UnpicProvider {
  /** @param src a URL of the deployment, or an object's key */
  generate(src: string | UrlObject, operations: UnpicOperations): string;
  /** @returns null for a URL that is not the deployment's */
  extract(url: string | UrlObject): UnpicExtracted | null;
  /** The same picture in another crop: what is not said again stays. For `transformer` of unpic's components. */
  transform(src: string | UrlObject, operations: UnpicOperations): string;
}

/**
 * A provider for one deployment. Without a format: the best that the browser shows.
 *
 * @param base as of `imageUrl`
 */
export function unpicProvider(base: string, signing: Signing = {}): UnpicProvider {
  const generate: UnpicProvider['generate'] = (src, operations) => {
    const { format = 'auto', ...image } = operations;
    const key = parseUrl(base, textOf(src))?.key ?? textOf(src);
    return componentUrl(base, key, { ...image, format }, signing);
  };
  const extract: UnpicProvider['extract'] = (url) => {
    const parsed = parseUrl(base, textOf(url));
    if (parsed === undefined) return null;
    const { w, h, ...rest } = parsed.params;
    const operations = defined({ width: w, height: h, ...rest });
    return { src: imageUrl(base, parsed.key), operations };
  };
  return {
    generate,
    extract,
    transform: (src, operations) => generate(src, { ...extract(src)?.operations, ...defined(operations) }),
  };
}

function defined(operations: object): UnpicOperations {
  return Object.fromEntries(Object.entries(operations).filter(([, value]) => value !== undefined));
}

function textOf(url: string | UrlObject): string {
  return typeof url === 'string' ? url : url.href;
}
