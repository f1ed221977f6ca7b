import type { Answer } from '../model/answer';
import { bytes, formatName, milliseconds, saved } from '../model/figures';
import type { Size } from '../model/placement';
import type { Words } from '../model/words';
import { create, find } from './dom';

/** What is known of the answer on show. */
export interface Shown {
  readonly answer: Answer;
  /** Undefined where the browser can't decode it. */
  readonly size: Size | undefined;
  /** Of the original; undefined while it is not known. */
  readonly originalBytes: number | undefined;
}

/** Lists what was measured; a dash stands for what is not there, so that nothing moves. */
export function showFacts(shown: Shown | undefined, words: Words, language: string): void {
  const { answer, size, originalBytes } = shown ?? {};
  const isPicture = answer?.status === 200;
  const count = answer?.body.size ?? 0;
  const facts: readonly (readonly [string, string, string?])[] = [
    [words.bytes, isPicture ? bytes(count, language) : ''],
    [
      words.saved,
      isPicture && originalBytes !== undefined ? saved(originalBytes, count, language) : '',
      'saved',
    ],
    [words.size, size ? `${size.width} × ${size.height}` : ''],
    [words.format, isPicture ? formatName(answer.type) : ''],
    [words.cache, answer ? cacheWord(answer.cache, words) : '', answer?.cache.split(' ')[0]?.toLowerCase()],
    [words.time, answer ? milliseconds(answer.time, language) : ''],
    [words.timing, answer?.timing ?? '', 'wide'],
    [words.status, answer?.cropStatus ?? '', 'wide'],
  ];
  find('facts', HTMLDListElement).replaceChildren(
    ...facts.map(([name, value, className = '']) =>
      create('div', { className: value.startsWith('-') ? 'larger' : value && className }, {}, [
        create('dt', { textContent: name }),
        create('dd', {
          textContent: value || '–',
          title: name === words.cache ? (answer?.cache ?? '') : value,
        }),
      ]),
    ),
  );
}

/** The facts in a line, for who does not see them. */
export function announcement({ answer, size, originalBytes }: Shown, words: Words, language: string): string {
  const parts = [
    size && `${size.width} × ${size.height}`,
    formatName(answer.type),
    bytes(answer.body.size, language),
    originalBytes !== undefined && `${words.saved} ${saved(originalBytes, answer.body.size, language)}`,
    cacheWord(answer.cache, words),
  ];
  return parts.filter(Boolean).join(', ');
}

/** `Hit from edgecrop` in the reader's language; what is neither hit nor miss as it came. */
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
