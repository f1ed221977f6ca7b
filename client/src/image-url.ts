import type { ImageParams } from './image-params';
import { imagePath } from './image-path';
import { imageQuery } from './image-query';

/**
 * The URL of a picture, in the one spelling that every cache keeps it under.
 *
 * @param base where the deployment answers: `https://cdn.example.com`, with a path or without, a path alone,
 * or `''` for the page's own host
 * @param key the object's key as S3 has it, unescaped; a leading slash is passed over
 * @param params the crop; without any, the original
 * @throws TypeError for a name that is no parameter
 * @throws RangeError for a base, key or value that is not allowed, with the line that the deployment answers
 */
export function imageUrl(base: string, key: string, params: ImageParams = {}): string {
  const path = imagePath(base, key);
  const query = imageQuery(params);
  return query === '' ? path : `${path}?${query}`;
}
