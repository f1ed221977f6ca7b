import type { Original } from '../../lambda/origin-response/prepare/original';
import { prepare } from '../../lambda/origin-response/prepare/prepare';
import { sniff } from '../../lambda/origin-response/source/sniff';

/** The bytes as the renderer gets them. */
export function originalOf(bytes: Buffer): Original {
  const format = sniff(bytes);
  if (format === undefined) throw new Error('no picture');
  const prepared = prepare(bytes, format);
  if (prepared.kind === 'refused') throw new Error(prepared.detail);
  return prepared.original;
}
