import { placeholderUrl } from '../../../client/src/placeholder';
import type { Choice } from '../choice';
import { imageUrl, type Recipe } from './recipe';

/** Where a crop is described, and where its placeholder is. */
export interface DescriptionUrls {
  readonly json: string;
  /** Undefined where the client refuses what is chosen. */
  readonly placeholder: string | undefined;
}

/** @returns undefined where nothing is cropped */
export function descriptionUrls({ key, values }: Choice, { params }: Recipe): DescriptionUrls | undefined {
  if (values.t === '') return undefined;
  return {
    json: imageUrl('', { key, values: { ...values, format: 'json', quality: '' } }),
    placeholder: params && placeholderUrl('', key, params),
  };
}
