import { type UnpicOperations, unpicProvider } from '@edgecrop/client/unpic';
import type { TransformerFunction } from 'unpic';

const { generate, transform } = unpicProvider('https://cdn.example.com');

export const transformers: readonly TransformerFunction<UnpicOperations, undefined>[] = [generate, transform];
