import { reasonOfRenderFailure } from '../../../../lambda/origin-response/failure/render-failure';

test.each([
  'VipsJpeg: premature end of JPEG image',
  'pngload_buffer: libspng read error',
  'Input buffer contains unsupported image format',
  'heif: Memory allocation error: Security limit exceeded: Allocating 9 GB',
  'webp: unable to parse image',
])('%s: the picture is at fault, and that is cached', (message) => {
  expect(reasonOfRenderFailure(new Error(message))).toBe('undecodable');
});

test.each([
  new Error('out of memory -- size == 48MB'),
  new Error('vips_tracked: out of memory'),
  new Error('VipsJpeg: Insufficient memory (case 4)'),
  new Error('tiff2vips: Unable to allocate memory'),
  new Error('webpsave_buffer: unable to encode'),
  new RangeError('Array buffer allocation failed'),
  new TypeError('undefined is not a function'),
  Object.assign(new Error('libvips-cpp.so: cannot open'), { code: 'ERR_DLOPEN_FAILED' }),
  'a string',
])('%s: it may work the next time, so nothing is cached', (error) => {
  expect(reasonOfRenderFailure(error)).toBe('internal');
});
