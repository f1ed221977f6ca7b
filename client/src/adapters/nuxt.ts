/** Nuxt: a provider for `@nuxt/image`. `@edgecrop/client/nuxt`. */
import type { Signing } from '../index';
import { type ComponentImage, componentUrl } from './component-image';

/** What `nuxt.config` says of the provider. */
export interface NuxtOptions {
  /** Where the deployment answers, as the base of `imageUrl`. */
  readonly baseURL?: string;
  /** Of every picture, where the component does not give them. */
  readonly modifiers?: object;
}

/** A provider as `defineProvider` of `@nuxt/image` makes one. https://image.nuxt.com/advanced/custom-provider */
export interface NuxtProvider {
  getImage(src: string, options: NuxtOptions): { readonly url: string };
}

/**
 * The provider, for a file of your own that gives it `sign`. Nuxt runs a provider in the page as well, so sign
 * in server components only.
 */
export function nuxtProvider(signing: Signing = {}): () => NuxtProvider {
  const provider: NuxtProvider = {
    getImage(src, { modifiers = {}, baseURL = '' }) {
      const { format = 'auto', ...image }: ComponentImage = modifiers;
      return { url: componentUrl(baseURL, src, { ...image, format }, signing) };
    },
  };
  return () => provider;
}

/** What `image.providers` of `nuxt.config` names. Without a format: the best that the browser shows. */
export default nuxtProvider();
