/**
 * Whether a file name or key ends like that of an image that can be cropped.
 *
 * @param heic whether the functions decode HEIC
 */
export function isPictureName(name: string, heic: boolean): boolean {
  return /\.(jpe?g|png|webp|avif|gif|tiff?)$/i.test(name) || (heic && /\.hei[cf]$/i.test(name));
}
