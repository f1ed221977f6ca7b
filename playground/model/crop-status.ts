import type { Rectangle, Size } from './placement';

/** The fields of `crop-status`: `rendered;size=480x320;bytes=4086` is a result with a size and bytes. */
export interface CropStatus {
  /** `rendered`, `original`, …; the empty string where there is none. */
  readonly result: string;
  readonly fields: Readonly<Record<string, string>>;
}

export function readCropStatus(text: string): CropStatus {
  const [result = '', ...rest] = text.split(';').map((part) => part.trim());
  return { result, fields: Object.fromEntries(rest.map((part) => part.split('=', 2))) };
}

/** The part of the original that the edge has cut out, where the answer says so. */
export function cutOf({ fields }: CropStatus): Rectangle | undefined {
  const [left, top, width, height] = (fields.at ?? '').split(',').map(Number);
  if (left === undefined || top === undefined || !width || !height) return undefined;
  return [left, top, width, height].every(Number.isFinite) ? { left, top, width, height } : undefined;
}

/** A sentence of the page, and what fills its gaps. */
export interface Sentence {
  readonly word: SentenceWord;
  readonly gaps?: Readonly<Record<string, string>>;
}

export type SentenceWord =
  | 'asIs'
  | 'unknownType'
  | 'cropped'
  | 'roundedUp'
  | 'notEnlarged'
  | 'attempts'
  | 'stillFrame'
  | 'smaller'
  | 'sourceBytes'
  | 'sourcePixels'
  | 'undecodable'
  | 'notCropped'
  | 'variantBytes'
  | 'passing'
  | 'missing'
  | 'otherStatus';

/** Each reason of `crop-status` that the page explains in words of its own. */
const REASONS: Readonly<Record<string, SentenceWord>> = {
  smaller: 'smaller',
  'source-bytes': 'sourceBytes',
  'source-pixels': 'sourcePixels',
  undecodable: 'undecodable',
  'not-cropped': 'notCropped',
  'variant-bytes': 'variantBytes',
};

/** What is known of an answer. */
export interface Answered {
  readonly key: string;
  readonly t: string;
  /** Whether the type is configured; undefined where the page does not know. */
  readonly isKnownType: boolean | undefined;
  readonly status: number;
  readonly cropStatus: string;
  /** Of what came back; undefined where it is no picture that the browser shows. */
  readonly size: Size | undefined;
  /** The size that the URL asks for; undefined where the original's is not known. */
  readonly asked: { readonly box: Size; readonly crop: Size } | undefined;
  /** The name of a format that has one frame of an original that moves. */
  readonly still: string | undefined;
}

/** What the edge did, and why: the sentences to be read one after the other. */
export function explain(answered: Answered): readonly Sentence[] {
  const { key, t, isKnownType, status, cropStatus } = answered;
  const { result, fields } = readCropStatus(cropStatus);
  const reason = fields.reason ?? '';
  if (reason in REASONS) return [{ word: REASONS[reason] ?? 'passing' }];
  if (result === 'error' || (result === 'original' && reason)) return [{ word: 'passing', gaps: { reason } }];
  if (status === 403 || status === 404) return [{ word: 'missing', gaps: { key } }];
  if (status !== 200) return [{ word: 'otherStatus', gaps: { status: String(status) } }];
  if (t === '') return [{ word: 'asIs' }];
  if (isKnownType === false) return [{ word: 'unknownType', gaps: { t } }];
  return result === 'rendered' ? explainCrop(answered, Number(fields.attempts)) : [];
}

function explainCrop({ size, asked, still }: Answered, attempts: number): readonly Sentence[] {
  if (size === undefined) return [];
  const gaps = { size: text(size), asked: asked ? text(asked.box) : '' };
  const isLarger = asked && size.width > asked.crop.width + 1;
  const isSmaller = asked && size.width < asked.box.width - 1 && size.height < asked.box.height - 1;
  return [
    { word: isLarger ? 'roundedUp' : isSmaller ? 'notEnlarged' : 'cropped', gaps },
    ...(attempts > 1 ? [{ word: 'attempts', gaps: { attempts: String(attempts) } } as const] : []),
    ...(still ? [{ word: 'stillFrame', gaps: { format: still } } as const] : []),
  ];
}

function text({ width, height }: Size): string {
  return `${width} × ${height}`;
}
