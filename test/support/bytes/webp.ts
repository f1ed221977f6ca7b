/** A part of an animation. */
export interface WebpFrame {
  /** Even numbers: they are stored by half. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** A still WebP of the frame. */
  readonly still: Buffer;
}

/** Chunks of a WebP in their container. https://developers.google.com/speed/webp/docs/riff_container */
export function webp(...chunks: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  return Buffer.concat([Buffer.from('RIFF'), u32(body.length), body]);
}

export function webpChunk(type: string, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), u32(data.length), data, Buffer.alloc(data.length & 1)]);
}

/** An animation whose frames are parts of its canvas, which is transparent. */
export function animatedWebp(width: number, height: number, frames: readonly WebpFrame[]): Buffer {
  return webp(
    // Animated, with alpha.
    webpChunk('VP8X', Buffer.concat([u32(0x12), u24(width - 1), u24(height - 1)])),
    webpChunk('ANIM', Buffer.from([0, 0, 0, 0, 0, 0])),
    ...frames.map((frame) =>
      webpChunk(
        'ANMF',
        Buffer.concat([
          u24(frame.left / 2),
          u24(frame.top / 2),
          u24(frame.width - 1),
          u24(frame.height - 1),
          u24(100),
          Buffer.from([0]),
          frame.still.subarray(12),
        ]),
      ),
    ),
  );
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u24(value: number): Buffer {
  return u32(value).subarray(0, 3);
}
