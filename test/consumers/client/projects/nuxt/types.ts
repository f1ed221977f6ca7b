import provider, { nuxtProvider } from '@edgecrop/client/nuxt';
import type { ImageProvider } from '@nuxt/image';

/** What `defineProvider` of `@nuxt/image` returns. */
export const providers: readonly (() => ImageProvider<Record<string, unknown>>)[] = [
  provider,
  nuxtProvider({ sign: (url) => url }),
];
