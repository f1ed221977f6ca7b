import service, { astroService } from '@edgecrop/client/astro';
import type { ExternalImageService } from 'astro';

export const services: readonly ExternalImageService[] = [service, astroService({ sign: (url) => url })];
