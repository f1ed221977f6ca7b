import type { Answer } from '../model/edge/answer';
import { against, bytes, formatName, milliseconds } from '../model/figures';
import type { Size } from '../model/placement';
import { filled, type Words } from '../model/words/words';
import { create, find } from './elements/dom';

/** What is known of the answer on show. */
export interface Shown {
  readonly answer: Answer;
  /** Undefined where the browser can't decode it. */
  readonly size: Size | undefined;
  /** Of the original; undefined while it is not known. */
  readonly originalBytes: number | undefined;
  /** The same crop in the format that it is measured against; undefined while it is not known. */
  readonly baseline: Answer | undefined;
}

/** Lists what was measured; a dash holds the place of what is missing, so that nothing moves. */
export function showFacts(shown: Shown | undefined, words: Words, language: string): void {
  const { answer, size, originalBytes, baseline } = shown ?? {};
  const isPicture = answer?.status === 200;
  const count = answer?.body.size ?? 0;
  const weigh = (other: number | undefined) =>
    isPicture && other !== undefined ? against(other, count, language) : '';
  const facts: readonly (readonly [string, string, string?])[] = [
    [words.bytes, isPicture ? bytes(count, language) : ''],
    [
      filled(words.saved, { format: formatName(baseline?.type ?? 'image/jpeg') }),
      weigh(baseline?.body.size),
      'saved',
    ],
    [words.savedOriginal, weigh(originalBytes), 'saved'],
    [words.size, size ? `${size.width} × ${size.height}` : ''],
    [words.format, isPicture ? formatName(answer.type) : ''],
    [words.cache, answer ? cacheWord(answer.cache, words) : '', answer?.cache.startsWith('Hit') ? 'hit' : ''],
    [words.time, answer ? milliseconds(answer.time, language) : ''],
    [words.timing, answer?.timing ?? '', 'wide'],
    [words.status, answer?.cropStatus ?? '', 'wide'],
  ];
  find('facts', HTMLDListElement).replaceChildren(
    ...facts.map(([name, value, className = '']) =>
      create('div', { className: classOf(value, className) }, {}, [
        create('dt', { textContent: name }),
        create('dd', {
          textContent: value || '–',
          title: name === words.cache ? (answer?.cache ?? '') : value,
        }),
      ]),
    ),
  );
}

function classOf(value: string, className: string): string {
  if (className === 'wide') return className;
  if (className !== 'saved') return className;
  return { '-': 'saved', '+': 'larger' }[value.charAt(0)] ?? '';
}

/** The facts in a line, for people who don't see them. */
export function announcement({ answer, size, originalBytes }: Shown, words: Words, language: string): string {
  const parts = [
    size && `${size.width} × ${size.height}`,
    formatName(answer.type),
    bytes(answer.body.size, language),
    originalBytes !== undefined &&
      `${words.savedOriginal} ${against(originalBytes, answer.body.size, language)}`,
    cacheWord(answer.cache, words),
  ];
  return parts.filter(Boolean).join(', ');
}

/** `Hit from edgecrop` in the reader's language; anything but a hit or a miss as it came. */
export function cacheWord(cache: string, words: Words): string {
  const [result = ''] = cache.split(' ');
  const known: Readonly<Record<string, string>> = {
    Hit: words.hit,
    Miss: words.miss,
    // Refused in front of the cache.
    FunctionGeneratedResponse: words.byFunction,
  };
  return known[result] ?? result;
}
