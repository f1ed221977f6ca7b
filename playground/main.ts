import { type Answer, ask, lineOf, show } from './model/answer';
import { type Choice, FIRST_VALUES, hashOf, readHash } from './model/choice';
import { bytes, formatName } from './model/figures';
import {
  pointOf,
  type Rectangle,
  type Size,
  shownPart,
  underCut,
  WHOLE,
  withinPadding,
} from './model/placement';
import { fetchSettings, type TypeValues } from './model/settings';
import { imageUrl } from './model/urls';
import type { Language, Words } from './model/words';
import { createComparison, takeSize } from './view/comparison';
import { type Controls, createControls } from './view/controls';
import { find } from './view/dom';
import { announcement, type Shown, showFacts } from './view/facts';
import { createFilmstrip, type Filmstrip } from './view/filmstrip';
import { createFocalPoint } from './view/focal-point';
import { applyLanguage, preferredLanguage, showLanguages } from './view/language';
import { createPictures } from './view/pictures';
import { createSnippets, type Snippets } from './view/snippets';

/** How long controls must rest, in milliseconds, before the edge is asked: while a slider moves, it is not. */
const REST = 200;

interface Original {
  readonly key: string;
  readonly answer: Answer;
  /** Undefined where the browser can't decode it. */
  readonly size: Size | undefined;
}

/** The parts of the page that speak a language. */
interface Spoken {
  readonly language: Language;
  readonly words: Words;
  readonly controls: Controls;
  readonly filmstrip: Filmstrip;
  readonly snippets: Snippets;
}

async function start(): Promise<void> {
  const settings = await fetchSettings();
  const images = {
    original: find('original', HTMLImageElement),
    reference: find('reference', HTMLImageElement),
    variant: find('variant', HTMLImageElement),
  };
  const canvas = find('canvas', HTMLDivElement);
  const comparisonArea = find('comparison', HTMLDivElement);
  const error = find('error', HTMLParagraphElement);
  const comparison = createComparison();

  let choice: Choice = readHash(location.hash) ?? { key: '', values: FIRST_VALUES };
  let original: Original | undefined;
  let shown: Shown | undefined;
  let asking = new AbortController();
  let rest: ReturnType<typeof setTimeout> | undefined;

  const speak = (language: Language): Spoken => {
    const words = applyLanguage(language);
    showLanguages(find('languages', HTMLFieldSetElement), language, switchTo);
    find('focal', HTMLDivElement).setAttribute('aria-label', words.focalPoint);
    find('split', HTMLInputElement).setAttribute('aria-label', words.split);
    return {
      language,
      words,
      controls: createControls(find('fields', HTMLDivElement), settings, words, (name, value) =>
        choose({ ...choice, values: { ...choice.values, [name]: value } }),
      ),
      filmstrip: createFilmstrip(words, language, (format) =>
        choose({ ...choice, values: { ...choice.values, format } }),
      ),
      snippets: createSnippets(find('snippets', HTMLDivElement), words),
    };
  };

  const describe = () => {
    const { words, language } = spoken;
    showFacts(shown, words, language);
    const facts = original && [
      ...(original.size ? [`${original.size.width} × ${original.size.height}`] : [words.noPreview]),
      ...(original.answer.status === 200
        ? [formatName(original.answer.type), bytes(original.answer.body.size, language)]
        : []),
    ];
    find('original-facts', HTMLSpanElement).textContent = facts?.join(' · ') ?? '';
    const size = shown?.size;
    find('variant-facts', HTMLSpanElement).textContent =
      shown && size
        ? `${size.width} × ${size.height} · ${formatName(shown.answer.type)} · ${bytes(shown.answer.body.size, language)}`
        : '';
  };

  const showError = (line: string) => {
    error.textContent = line;
    error.hidden = false;
    comparisonArea.hidden = true;
    find('split', HTMLInputElement).disabled = true;
    focal.showCrop(undefined);
  };

  const loadOriginal = async (key: string, signal: AbortSignal): Promise<Original> => {
    if (original?.key === key) return original;
    const answer = await ask(imageUrl('', { key, values: { ...choice.values, t: '' } }), signal);
    signal.throwIfAborted();
    const size = answer.status === 200 ? await show(images.original, answer.body) : undefined;
    if (size) takeSize(find('focal', HTMLDivElement), size);
    if (size) await show(images.reference, answer.body);
    original = { key, answer, size };
    return original;
  };

  const showVariant = async (signal: AbortSignal): Promise<void> => {
    const { key, values } = choice;
    const answer = await ask(imageUrl('', choice), signal);
    const line = answer.status === 200 ? undefined : await lineOf(answer);
    const source = await loadOriginal(key, signal);
    const size = line === undefined ? await show(images.variant, answer.body) : undefined;
    signal.throwIfAborted();
    shown = {
      answer,
      size,
      originalBytes: source.answer.status === 200 ? source.answer.body.size : undefined,
    };
    spoken.controls.refuse(line && /^([a-z]+): got /.exec(line)?.[1]);
    describe();
    if (line !== undefined) return showError(line);
    if (size === undefined) return showError(answer.cropStatus || spoken.words.noPreview);
    error.hidden = true;
    comparisonArea.hidden = false;
    const place = source.size && placeOriginal(source.size, size, answer, values, settings.types?.[values.t]);
    comparison.show(size, place);
    focal.showCrop(place && shownPart(place));
    find('announcement', HTMLParagraphElement).textContent = announcement(
      shown,
      spoken.words,
      spoken.language,
    );
  };

  const update = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    canvas.setAttribute('aria-busy', 'true');
    try {
      await showVariant(signal);
      pictures.showThumbnails();
      canvas.setAttribute('aria-busy', 'false');
      if (shown?.answer.status === 200 && choice.values.t !== '') {
        await spoken.filmstrip.show(choice, shown.originalBytes, signal);
      } else spoken.filmstrip.clear();
    } catch {
      if (signal.aborted) return;
      showError(spoken.words.unreachable);
      canvas.setAttribute('aria-busy', 'false');
    }
  };

  const display = () => {
    spoken.controls.show(choice.values);
    spoken.snippets.show(choice);
    pictures.show(choice.key);
    focal.show(choice.values.position || String(settings.types?.[choice.values.t]?.position ?? ''));
  };

  const choose = (next: Choice) => {
    choice = next;
    history.replaceState(null, '', hashOf(choice));
    display();
    canvas.setAttribute('aria-busy', 'true');
    clearTimeout(rest);
    rest = setTimeout(() => void update(), REST);
  };

  const switchTo = (language: Language) => {
    spoken = speak(language);
    display();
    describe();
    void update();
  };

  const focal = createFocalPoint((position) => choose({ ...choice, values: { ...choice.values, position } }));
  const pictures = createPictures(
    () => spoken.words,
    (key) => choose({ ...choice, key }),
  );
  let spoken = speak(preferredLanguage());
  find('again', HTMLButtonElement).addEventListener('click', () => void update());
  find('reset', HTMLButtonElement).addEventListener('click', () =>
    choose({ ...choice, values: FIRST_VALUES }),
  );
  find('controls', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', () => {
    const said = readHash(location.hash);
    if (said) choose(said);
  });

  describe();
  const keys = await pictures.load();
  const [first] = keys;
  if (choice.key === '' && first !== undefined) choice = { ...choice, key: first };
  display();
  if (choice.key === '') canvas.setAttribute('aria-busy', 'false');
  else await update();
}

/** Where the original lies under a variant; undefined where the edge chose the place itself. */
function placeOriginal(
  original: Size,
  variant: Size,
  answer: Answer,
  values: Choice['values'],
  type: TypeValues = {},
): Rectangle | undefined {
  const said = { ...type, ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) };
  const { w, h, fit = 'cover', position = '' } = said as Partial<Record<string, string | number>>;
  // Without a box on both sides, and where the original came back, all of it is shown.
  if (!answer.cropStatus.startsWith('rendered') || w === undefined || h === undefined || fit === 'inside') {
    return WHOLE;
  }
  const point = pointOf(String(position).toLowerCase());
  if (fit === 'contain') return withinPadding(original, variant, point ?? { x: 0.5, y: 0.5 });
  return point && underCut(original, variant, point);
}

void start();
