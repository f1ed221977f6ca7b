import { FORMAT } from '../../lambda/contract/parameters/table';
import type { Choice } from '../model/choice';
import { type Answer, lineOf, show } from '../model/edge/answer';
import { against, bytes, formatName, milliseconds } from '../model/figures';
import type { Words } from '../model/words/words';
import { create, find, spoken } from './elements/dom';
import { cacheWord } from './facts';

/** The same crop in every format. */
export interface Filmstrip {
  /** Asks for one format after the other, so that each has the edge to itself, and only while they are seen. */
  show(film: Film, signal: AbortSignal): Promise<void>;
  /** Writes again what is known, in another language. */
  describe(words: Words, language: string): void;
  /** Where there is nothing to show. */
  clear(): void;
}

/** What is to be compared. */
export interface Film {
  readonly choice: Choice;
  /** The format of the variant on show, which `auto` or the original decided. */
  readonly shownType: string;
  readonly isMoving: boolean;
  /** What each format is measured against. */
  readonly baseline: Answer | undefined;
  ask(choice: Choice): Promise<Answer>;
}

interface Frame {
  readonly format: string;
  readonly button: HTMLButtonElement;
  readonly element: HTMLLIElement;
  readonly image: HTMLImageElement;
  readonly badge: HTMLElement;
  readonly weight: HTMLElement;
  readonly note: HTMLElement;
  answer: Answer | undefined;
  line: string;
}

/** The original's own format first: no word of the URL names GIF. */
const WORDS: readonly string[] = FORMAT.words;
const FORMATS: readonly string[] = ['', ...WORDS.filter((word) => word !== 'auto' && word !== 'json')];

export function createFilmstrip(onPick: (format: string) => void): Filmstrip {
  const frames = FORMATS.map((format) => createFrame(format, onPick));
  const strip = find('film', HTMLUListElement);
  strip.replaceChildren(...frames.map(({ element }) => element));
  let film: Film | undefined;
  let words: Words | undefined;
  let language = 'en';

  const describeFrame = ({ format, answer, badge, button, weight, note, line }: Frame) => {
    if (!film || !words) return;
    const isStill = film.isMoving && answer !== undefined && !answer.isAnimated && line === '';
    badge.hidden = !isStill;
    weight.textContent = answer && line === '' ? bytes(answer.body.size, language) : '–';
    note.textContent =
      answer && line === '' ? noteOf(answer, format, film, words, language) : line || '\u00a0';
    const isShown = answer?.type === film.shownType && ['', 'auto'].includes(film.choice.values.format);
    button.classList.toggle('shown', isShown && (format !== '' || film.choice.values.format === ''));
  };

  return {
    clear: () => {
      film = undefined;
      find('film-section', HTMLElement).classList.add('empty');
      for (const frame of frames) empty(frame);
    },
    describe: (nextWords, nextLanguage) => {
      words = nextWords;
      language = nextLanguage;
      for (const frame of frames) describeFrame(frame);
    },
    show: async (next, signal) => {
      film = next;
      find('film-section', HTMLElement).classList.remove('empty');
      // GIF and TIFF have no word; any other own format is one of the frames.
      const hasOwn = !FORMATS.includes(next.baseline?.type.replace('image/', '') ?? '') && next.isMoving;
      const seen = frames.filter(({ element, format }) => {
        element.hidden = format === '' && !hasOwn;
        return !element.hidden;
      });
      for (const { button, format } of seen) {
        button.setAttribute('aria-pressed', String(next.choice.values.format === format));
      }
      await inView(strip, signal);
      for (const { button } of seen) button.setAttribute('aria-busy', 'true');
      for (const frame of seen) {
        const { format, image, button } = frame;
        const answer = await next.ask({ ...next.choice, values: { ...next.choice.values, format } });
        const size = answer.status === 200 ? await show(image, answer.body) : undefined;
        signal.throwIfAborted();
        frame.answer = answer;
        frame.line = size ? '' : answer.status === 200 ? answer.cropStatus || '–' : await lineOf(answer);
        image.hidden = size === undefined;
        button.title = answer.cropStatus;
        button.setAttribute('aria-busy', 'false');
        describeFrame(frame);
      }
    },
  };
}

function noteOf(answer: Answer, format: string, film: Film, words: Words, language: string): string {
  const isSame = format === '' || answer.type === `image/${format}`;
  const { baseline } = film;
  const isBaseline = baseline === answer;
  return [
    ...(isSame ? [] : [formatName(answer.type)]),
    ...(baseline && !isBaseline ? [against(baseline.body.size, answer.body.size, language)] : []),
    `${milliseconds(answer.time, language)} · ${cacheWord(answer.cache, words)}`,
  ].join(' · ');
}

/** Waits until an element is in view, or nearly. */
function inView(element: Element, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        resolve();
      },
      { rootMargin: '200px' },
    );
    observer.observe(element);
    signal.addEventListener('abort', () => {
      observer.disconnect();
      reject(signal.reason);
    });
  });
}

function createFrame(format: string, onPick: (format: string) => void): Frame {
  const image = create('img', { alt: '', hidden: true });
  const badge = create('span', { className: 'badge', hidden: true }, { 'data-word': 'still' });
  const weight = create('span', { className: 'weight', textContent: '–' });
  const note = create('span', { className: 'note', textContent: '\u00a0' });
  const name = create('strong', {}, {}, [format === '' ? spoken('ownFormat') : format]);
  const button = create('button', { type: 'button' }, { 'aria-busy': 'false' }, [
    create('span', { className: 'thumbnail' }, {}, [image]),
    create('span', { className: 'line' }, {}, [name, badge, weight]),
    note,
  ]);
  button.addEventListener('click', () => onPick(format));
  const element = create('li', { hidden: format === '' }, {}, [button]);
  return { format, image, badge, weight, note, button, element, answer: undefined, line: '' };
}

function empty(frame: Frame): void {
  const { image, badge, button, weight, note } = frame;
  frame.answer = undefined;
  frame.line = '';
  image.hidden = true;
  badge.hidden = true;
  weight.textContent = '–';
  note.textContent = '\u00a0';
  button.setAttribute('aria-busy', 'false');
  button.setAttribute('aria-pressed', 'false');
  button.classList.remove('shown');
}
