import { animation, camera, compass, disc, noise } from './draw';

/** One object of the bucket. */
export interface TestObject {
  /** Without the prefix. */
  readonly key: string;
  readonly bytes: Buffer;
  readonly contentType: string;
  /**
   * @default - S3 sends none
   */
  readonly cacheControl?: string;
  /**
   * The focal point in its metadata, as `x,y`.
   *
   * @default - it has none
   */
  readonly focus?: string;
}

/** Upright size of the compass; crops of its ratio are the same wherever their focal point is. */
export const COMPASS_SIZE = { width: 600, height: 400 } as const;

const KOREAN = '사진';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8z"/></svg>\n';

/** Draws everything that the checks ask for. The same code and the same sharp draw the same bytes. */
export async function drawObjects() {
  const camera600 = await camera(COMPASS_SIZE.width, COMPASS_SIZE.height);
  const whole = await noise(300, 300).jpeg().toBuffer();
  // Each of another size, so that an answer tells which of them it is.
  const named = (width: number) => compass(width, 80).jpeg().toBuffer();
  return {
    compass: jpeg('compass.jpg', camera600),
    tiny: png('tiny.png', await compass(50, 40).png().toBuffer()),
    alpha: png('alpha.png', await disc(120)),
    animation: {
      key: 'animation.gif',
      bytes: await animation(60, ['red', 'lime', 'blue', 'white']),
      contentType: 'image/gif',
    },
    noise: png('noise.png', await noise(1100, 550).png({ compressionLevel: 1 }).toBuffer()),
    truncated: jpeg('truncated.jpg', whole.subarray(0, Math.floor(whole.length * 0.6))),
    drawing: { key: 'drawing.svg', bytes: Buffer.from(SVG), contentType: 'image/svg+xml' },
    plus: jpeg('one+one.jpg', await named(100)),
    space: jpeg('two words.jpg', await named(110)),
    koreanNfc: jpeg(`NFC ${KOREAN}.jpg`.normalize('NFC'), await named(120)),
    koreanNfd: jpeg(`NFD ${KOREAN}.jpg`.normalize('NFD'), await named(130)),
    kept: { ...jpeg('cache-control.jpg', await named(140)), cacheControl: 'public, max-age=1234' },
    focused: { ...png('focused.png', await compass(90, 30).png().toBuffer()), focus: '1,0.5' },
  } as const satisfies Readonly<Record<string, TestObject>>;
}

export type ObjectName = keyof Awaited<ReturnType<typeof drawObjects>>;
export type TestObjects = Readonly<Record<ObjectName, TestObject>>;

function jpeg(key: string, bytes: Buffer): TestObject {
  return { key, bytes, contentType: 'image/jpeg' };
}

function png(key: string, bytes: Buffer): TestObject {
  return { key, bytes, contentType: 'image/png' };
}
