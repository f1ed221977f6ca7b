import { askedOf } from '../model/asked';
import type { Choice } from '../model/choice';
import { croppedFrom } from '../model/crop-size';
import { explain, type Sentence } from '../model/crop-status';
import type { Answer } from '../model/edge/answer';
import { bytes, formatName } from '../model/figures';
import type { Rectangle, Size } from '../model/placement';
import { effective, type Settings } from '../model/settings';
import type { Language } from '../model/words/languages';
import { filled, type Words } from '../model/words/words';
import { find, setText } from './elements/dom';
import { announcement, type Shown, showFacts } from './facts';

/** Formats that every browser shows: a file of one of them that does not decode is damaged. */
const EVERY_BROWSER = /^image\/(jpeg|png|gif|webp|avif)$/;

export interface Original {
  readonly key: string;
  readonly answer: Answer;
  /** Undefined where the browser can't decode it. */
  readonly size: Size | undefined;
}

/** What came of a choice. */
export interface Outcome {
  readonly choice: Choice;
  readonly original: Original | undefined;
  readonly shown: Shown | undefined;
  /** Where the original lies under the variant; undefined where nobody can tell. */
  readonly place: Rectangle | undefined;
  /** The line that the edge refused it with. */
  readonly refused: string | undefined;
  readonly isReachable: boolean;
}

/** Says what came of a choice, in the page's language. */
export function showOutcome(outcome: Outcome, settings: Settings, words: Words, language: Language): void {
  const { original, shown, place, refused, isReachable } = outcome;
  const text = sentences(outcome, settings)
    .map(({ word, gaps = {} }) => filled(words.sentences[word], gaps))
    .join(' ');
  const isFailure = !isReachable || refused !== undefined || (shown !== undefined && !shown.size);
  showFacts(shown, words, language);
  setText(find('explanation', HTMLParagraphElement), refused === undefined && !isFailure ? text : '');
  const failure = isReachable ? text || (shown ? words.noPreview : '') : words.unreachable;
  setText(find('failure', HTMLParagraphElement), isFailure && refused === undefined ? failure : '');
  setText(find('refusal', HTMLParagraphElement), refused ?? '');
  find('error', HTMLDivElement).hidden = !isFailure;
  setText(find('original-failure', HTMLParagraphElement), originalFailure(original, words));
  find('focal', HTMLDivElement).hidden = !original?.size;
  find('original-facts', HTMLSpanElement).textContent =
    original?.answer.status === 200 ? factsOf(original, language) : '';
  find('variant-facts', HTMLSpanElement).textContent = shown?.size ? factsOf(shown, language) : '';
  find('place-unknown', HTMLSpanElement).hidden = !shown?.size || place !== undefined;
  find('announcement', HTMLParagraphElement).textContent = shown?.size
    ? `${text} ${announcement(shown, words, language)}`
    : '';
}

function sentences({ choice, shown, original }: Outcome, settings: Settings): readonly Sentence[] {
  if (!shown) return [];
  const { answer, size } = shown;
  const { t } = choice.values;
  const said = effective(choice.values, settings);
  const from = original?.size && croppedFrom(original.size, said);
  const isStill = original?.answer.isAnimated && !answer.isAnimated && size !== undefined;
  return explain({
    key: choice.key,
    t,
    isKnownType: settings.types && Object.hasOwn(settings.types, t),
    status: answer.status,
    cropStatus: answer.cropStatus,
    size,
    asked: from && askedOf(from, said),
    still: isStill ? formatName(answer.type) : undefined,
  });
}

function factsOf({ answer, size }: Pick<Shown, 'answer' | 'size'>, language: Language): string {
  const sides = size ? [`${size.width} × ${size.height}`] : [];
  return [...sides, formatName(answer.type), bytes(answer.body.size, language)].join(' · ');
}

/** Why there is no original to see; empty where there is one. */
function originalFailure(original: Original | undefined, { broken, noPreview }: Words): string {
  if (!original || original.size || original.answer.status !== 200) return '';
  return EVERY_BROWSER.test(original.answer.type) ? broken : noPreview;
}
