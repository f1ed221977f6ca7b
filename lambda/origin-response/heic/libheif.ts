import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { HeicDecoder, Pixels } from './heic-decoder';
import type { HeicItem } from './heic-item';

/** The part of libheif's C interface that we use; numbers are addresses in the memory of the WebAssembly. */
interface Libheif {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
  _heif_context_alloc(): number;
  _heif_context_free(context: number): void;
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    data: number,
    length: number,
    options: number,
  ): void;
  _heif_context_get_primary_image_handle(error: number, context: number, result: number): void;
  _heif_image_handle_get_list_of_thumbnail_IDs(handle: number, ids: number, count: number): number;
  _heif_image_handle_get_thumbnail(error: number, handle: number, id: number, result: number): void;
  _heif_image_handle_has_alpha_channel(handle: number): number;
  _heif_image_handle_is_premultiplied_alpha(handle: number): number;
  _heif_image_handle_get_luma_bits_per_pixel(handle: number): number;
  _heif_image_handle_get_raw_color_profile_size(handle: number): number;
  _heif_image_handle_get_raw_color_profile(error: number, handle: number, result: number): void;
  _heif_image_handle_release(handle: number): void;
  _heif_decoding_options_alloc(): number;
  _heif_decoding_options_free(options: number): void;
  _heif_decode_image(
    error: number,
    handle: number,
    result: number,
    colourSpace: number,
    chroma: number,
    options: number,
  ): void;
  _heif_image_get_primary_width(image: number): number;
  _heif_image_get_primary_height(image: number): number;
  _heif_image_get_plane_readonly(image: number, channel: number, stride: number): number;
  _heif_image_get_decoding_warnings(image: number, first: number, errors: number, count: number): number;
  _heif_image_release(image: number): void;
}

type CreateLibheif = (options: { readonly wasmBinary: Buffer }) => Libheif;

// https://github.com/strukturag/libheif/blob/master/libheif/api/libheif/heif_image.h
const COLOURSPACE_RGB = 1;
const CHANNEL_INTERLEAVED = 10;
const CHROMA = { 'rgb 8': 10, 'rgba 8': 11, 'rgb 16': 14, 'rgba 16': 15 } as const;
/** Position of `strict_decoding` in `heif_decoding_options`. */
const STRICT_DECODING = 21;

/**
 * Decodes with libheif, which is loaded when the first HEIC comes.
 *
 * @param folder with `libheif.js` and `libheif.wasm`. They are not bundled, so that they can be replaced, as their
 *   licence (LGPL) wants
 */
export function createLibheifDecoder(folder: string): HeicDecoder {
  let library: Libheif | undefined;
  return {
    decode: async (bytes, item, use) => {
      library ??= load(folder);
      return decode(library, bytes, item, use);
    },
  };
}

function load(folder: string): Libheif {
  const create = createRequire(import.meta.url)(join(folder, 'libheif.js')) as CreateLibheif;
  return create({ wasmBinary: readFileSync(join(folder, 'libheif.wasm')) });
}

function decode<T>(heif: Libheif, bytes: Buffer, item: HeicItem, use: (pixels: Pixels) => T): T {
  /** What has to be freed, last first. */
  const cleanups: (() => void)[] = [];
  const keep = (value: number, free: (value: number) => void) => {
    if (value !== 0) cleanups.push(() => free(value));
    return value;
  };
  const allocate = (size: number) => {
    const address = keep(heif._malloc(size), heif._free);
    if (address === 0) throw new RangeError(`libheif: got no memory for ${size} bytes`);
    return address;
  };
  try {
    const error = allocate(12);
    const result = allocate(4);
    const resulting = (call: (error: number, result: number) => void) => {
      call(error, result);
      throwIfFailed(heif, error);
      return heif.HEAPU32[result >> 2] as number;
    };
    const data = allocate(bytes.length);
    heif.HEAPU8.set(bytes, data);
    const context = keep(heif._heif_context_alloc(), heif._heif_context_free);
    heif._heif_context_read_from_memory_without_copy(error, context, data, bytes.length, 0);
    throwIfFailed(heif, error);
    const primary = keep(
      resulting((e, r) => heif._heif_context_get_primary_image_handle(e, context, r)),
      heif._heif_image_handle_release,
    );
    const handle =
      item === 'primary'
        ? primary
        : keep(
            resulting((e, r) => {
              heif._heif_image_handle_get_list_of_thumbnail_IDs(primary, r, 1);
              heif._heif_image_handle_get_thumbnail(e, primary, heif.HEAPU32[r >> 2] as number, r);
            }),
            heif._heif_image_handle_release,
          );
    const options = keep(heif._heif_decoding_options_alloc(), heif._heif_decoding_options_free);
    // Else a file that breaks off is decoded with grey tiles.
    heif.HEAPU8[options + STRICT_DECODING] = 1;
    const channels = heif._heif_image_handle_has_alpha_channel(handle) ? 4 : 3;
    const bits = heif._heif_image_handle_get_luma_bits_per_pixel(handle);
    const chroma = CHROMA[`${channels === 4 ? 'rgba' : 'rgb'} ${bits > 8 ? 16 : 8}`];
    const image = keep(
      resulting((e, r) => heif._heif_decode_image(e, handle, r, COLOURSPACE_RGB, chroma, options)),
      heif._heif_image_release,
    );
    if (heif._heif_image_get_decoding_warnings(image, 0, 0, 0) > 0)
      throw new Error('heif: decoded with warnings');
    const width = heif._heif_image_get_primary_width(image);
    const height = heif._heif_image_get_primary_height(image);
    const plane = heif._heif_image_get_plane_readonly(image, CHANNEL_INTERLEAVED, result);
    const stride = heif.HEAPU32[result >> 2] as number;
    const rowBytes = width * channels * (bits > 8 ? 2 : 1);
    const profile = readProfile(heif, primary, error, allocate);
    return use({
      width,
      height,
      channels,
      bits,
      isPremultiplied: heif._heif_image_handle_is_premultiplied_alpha(handle) !== 0,
      ...(profile && { profile }),
      copyRow: (row, target, at) => {
        const from = plane + row * stride;
        target.set(heif.HEAPU8.subarray(from, from + rowBytes), at);
      },
    });
  } finally {
    for (const cleanup of cleanups.reverse()) cleanup();
  }
}

function readProfile(
  heif: Libheif,
  handle: number,
  error: number,
  allocate: (size: number) => number,
): Buffer | undefined {
  const size = heif._heif_image_handle_get_raw_color_profile_size(handle);
  if (size === 0) return undefined;
  const address = allocate(size);
  heif._heif_image_handle_get_raw_color_profile(error, handle, address);
  throwIfFailed(heif, error);
  return Buffer.from(heif.HEAPU8.subarray(address, address + size));
}

/** `struct heif_error`: a code, a second code, and a text. */
function throwIfFailed(heif: Libheif, error: number): void {
  const code = heif.HEAPU32[error >> 2];
  if (code === 0) return;
  const from = heif.HEAPU32[(error >> 2) + 2] as number;
  const text = Buffer.from(heif.HEAPU8.subarray(from, heif.HEAPU8.indexOf(0, from))).toString();
  throw new Error(`heif: ${text}`);
}
