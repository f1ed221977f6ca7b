/** Whether a file name or key ends like that of an image that can be cropped. */
export function isPictureName(name: string): boolean {
  return /\.(jpe?g|png|webp|avif|gif|tiff?)$/i.test(name);
}
