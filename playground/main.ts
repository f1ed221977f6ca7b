import { type Answer, ask, lineOf, show } from './model/answer';
import { askedOf } from './model/asked';
import { type Choice, FIRST_VALUES, hashOf, isPoint, isStep, NO_VALUES, readHash } from './model/choice';
import { croppedFrom } from './model/crop-size';
import { cutOf, explain, readCropStatus, type Sentence } from './model/crop-status';
import { bytes, formatName } from './model/figures';
import { placeOriginal, type Rectangle, type Size, seenPart, shownPart } from './model/placement';
import { effective, fetchSettings, isLocked } from './model/settings';
import { createSignatures } from './model/signatures';
import { descriptionUrls } from './model/snippets/description-urls';
import { createRecipe, imageUrl } from './model/snippets/recipe';
import type { Language } from './model/words/languages';
import { filled } from './model/words/words';
import { createComparison, takeSize } from './view/comparison';
import { createControls } from './view/controls';
import { createDescription } from './view/description';
import { createDomain } from './view/domain';
import { find, setText } from './view/elements/dom';
import { announcement, type Shown, showFacts } from './view/facts';
import { createFilmstrip } from './view/filmstrip';
import { applyLanguage, createLanguages, preferredLanguage } from './view/language';
import { createMarks } from './view/marks/marks';
import { createPictures, isDropped, plainName } from './view/pictures';
import { createQualityChart } from './view/quality-chart';
import { createSnippets } from './view/snippets';
import { createTypeForm } from './view/type-form';
import { createUploads } from './view/uploads';

/** How long controls must rest, in milliseconds, before the edge is asked: not at all while a slider moves. */
const REST = 200;
/** The same for what is typed: `1200` is one size, and not three more on the way to it. */
const TYPING_REST = 800;

/** Formats that every browser shows: a file of one of them that does not decode is damaged. */
const EVERY_BROWSER = /^image\/(jpeg|png|gif|webp|avif)$/;

interface Original {
  readonly key: string;
  readonly answer: Answer;
  /** Undefined where the browser can't decode it. */
  readonly size: Size | undefined;
}

async function start(): Promise<void> {
  const settings = await fetchSettings();
  const signatures = createSignatures(settings.signing);
  const images = {
    original: find('original', HTMLImageElement),
    reference: find('reference', HTMLImageElement),
    variant: find('variant', HTMLImageElement),
  };
  const canvas = find('canvas', HTMLDivElement);

  let choice: Choice = readHash(location.hash) ?? { key: '', values: FIRST_VALUES };
  /** What the address of the page says. */
  let written = choice;
  let original: Original | undefined;
  let shown: Shown | undefined;
  /** Where the original lies under the variant. */
  let place: Rectangle | undefined;
  let refused: string | undefined;
  let isReachable = true;
  let asking = new AbortController();
  let rest: ReturnType<typeof setTimeout> | undefined;
  let language: Language = preferredLanguage();
  /** A focal point is true of its picture alone. */
  const points = new Map<string, string>();

  const askFor = async (asked: Choice, signal: AbortSignal) =>
    ask(await signatures.sign(imageUrl('', asked)), signal);
  /** Each URL once in the same update: the variant is one of the formats, too. */
  const onceEach = (signal: AbortSignal) => {
    const answers = new Map<string, Promise<Answer>>();
    return (asked: Choice): Promise<Answer> => {
      const url = imageUrl('', asked);
      const answer = answers.get(url) ?? askFor(asked, signal);
      answers.set(url, answer);
      return answer;
    };
  };

  const sentences = (): readonly Sentence[] => {
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
  };

  /** Writes all that depends on what is known and on the language; asks nothing. */
  const describe = () => {
    const words = applyLanguage(language);
    controls.show(choice.values);
    const text = sentences()
      .map(({ word, gaps = {} }) => filled(words.sentences[word], gaps))
      .join(' ');
    const isFailure = !isReachable || refused !== undefined || (shown !== undefined && !shown.size);
    showFacts(shown, words, language);
    setText(find('explanation', HTMLParagraphElement), refused === undefined && !isFailure ? text : '');
    const failure = isReachable ? text || (shown ? words.noPreview : '') : words.unreachable;
    setText(find('failure', HTMLParagraphElement), isFailure && refused === undefined ? failure : '');
    setText(find('refusal', HTMLParagraphElement), refused ?? '');
    find('error', HTMLDivElement).hidden = !isFailure;
    setText(
      find('original-failure', HTMLParagraphElement),
      originalFailure(original, words.broken, words.noPreview),
    );
    find('focal', HTMLDivElement).hidden = !original?.size;
    find('original-facts', HTMLSpanElement).textContent =
      original?.answer.status === 200 ? factsOf(original) : '';
    find('variant-facts', HTMLSpanElement).textContent = shown?.size ? factsOf(shown) : '';
    find('place-unknown', HTMLSpanElement).hidden = !shown?.size || place !== undefined;
    find('announcement', HTMLParagraphElement).textContent = shown?.size
      ? `${text} ${announcement(shown, words, language)}`
      : '';
    pictures.describe(words);
    uploads.describe(words);
    domain.describe(words);
    filmstrip.describe(words, language);
    chart.describe(words, language, {
      format: shown?.answer.type.replace('image/', '') ?? '',
      quality: effective(choice.values, settings).quality || String(settings.quality),
    });
    description.describe(language);
    typeForm.show(effective(choice.values, settings), words);
    showSnippets();
  };
  const factsOf = ({ answer, size }: Pick<Shown, 'answer' | 'size'>) =>
    [
      ...(size ? [`${size.width} × ${size.height}`] : []),
      formatName(answer.type),
      bytes(answer.body.size, language),
    ].join(' · ');

  const recipeOf = (key: string, base: string) =>
    createRecipe({ ...choice, key }, { base, settings, original: original?.size, sign: signatures.known });
  const showSnippets = () => {
    if (choice.key === '') return;
    const key = domain.isHere() ? choice.key : isDropped(choice.key) ? plainName(choice.key) : choice.key;
    snippets.show(recipeOf(key, domain.base()));
    find('dropped-hint', HTMLParagraphElement).hidden = !isDropped(choice.key);
    find('signed-hint', HTMLParagraphElement).hidden = !settings.signing;
  };

  const loadOriginal = async (key: string, signal: AbortSignal): Promise<Original> => {
    if (original?.key === key) return original;
    const answer = await askFor({ key, values: NO_VALUES }, signal);
    const size = answer.status === 200 ? await show(images.original, answer.body) : undefined;
    signal.throwIfAborted();
    if (size) takeSize(find('focal', HTMLDivElement), size);
    if (size) await show(images.reference, answer.body);
    original = { key, answer, size };
    return original;
  };

  const showVariant = async (
    once: (asked: Choice) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<void> => {
    const { key, values } = choice;
    const answer = await once(choice);
    const source = await loadOriginal(key, signal);
    const size = answer.status === 200 ? await show(images.variant, answer.body) : undefined;
    const line = answer.status === 400 ? await lineOf(answer) : undefined;
    signal.throwIfAborted();
    const status = readCropStatus(answer.cropStatus);
    const originalBytes = source.answer.status === 200 ? source.answer.body.size : undefined;
    shown = { answer, size, originalBytes, baseline: undefined };
    refused = line;
    isReachable = true;
    place =
      size && source.size
        ? placeOriginal({
            original: source.size,
            variant: size,
            isCropped: status.result === 'rendered',
            cut: cutOf(status),
            values: effective(values, settings),
          })
        : undefined;
    controls.refuse(line && /^([a-z]+): got /.exec(line)?.[1]);
    marks.showCrop(place && shownPart(place));
    if (size) comparison.show(size, place);
    else comparison.hide();
    describe();
  };

  /** The same crop as a JPEG; of an animation, as the animation that the original is. */
  const showBaseline = async (
    once: (asked: Choice) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<void> => {
    if (!shown) return;
    const isMoving = original?.answer.isAnimated === true;
    const answer = await once({ ...choice, values: { ...choice.values, format: isMoving ? '' : 'jpeg' } });
    signal.throwIfAborted();
    const isLike = answer.cropStatus.startsWith('rendered') && answer.isAnimated === isMoving;
    shown = { ...shown, baseline: isLike ? answer : undefined };
    describe();
  };

  const update = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const once = onceEach(signal);
    writeAddress();
    canvas.setAttribute('aria-busy', 'true');
    try {
      await showVariant(once, signal);
      description.update();
      pictures.showThumbnails();
      if (await signatures.fetch()) showSnippets();
      if (!shown?.answer.cropStatus.startsWith('rendered')) {
        canvas.setAttribute('aria-busy', 'false');
        return filmstrip.clear();
      }
      await showBaseline(once, signal);
      canvas.setAttribute('aria-busy', 'false');
      const { answer, baseline } = shown;
      const isMoving = original?.answer.isAnimated === true;
      await filmstrip.show({ choice, shownType: answer.type, isMoving, baseline, ask: once }, signal);
    } catch (error) {
      if (signal.aborted) return;
      // The network's own error; any other is a mistake of this page.
      if (!(error instanceof TypeError)) throw error;
      isReachable = false;
      shown = undefined;
      comparison.hide();
      marks.showCrop(undefined);
      filmstrip.clear();
      describe();
      canvas.setAttribute('aria-busy', 'false');
    }
  };

  const writeAddress = () => {
    const hash = hashOf(choice);
    if (hash === location.hash || choice.key === '') return;
    try {
      if (isStep(written, choice)) history.pushState(null, '', hash);
      else history.replaceState(null, '', hash);
      written = choice;
    } catch {
      // Safari allows a hundred a half minute; the next change writes it.
    }
  };

  const display = () => {
    controls.show(choice.values);
    pictures.show(choice.key);
    marks.show(effective(choice.values, settings), !isLocked('rect', choice.values.t, settings));
    showSnippets();
  };

  const choose = (next: Choice, wait = REST) => {
    const isSameCrop = hashOf(withoutFormat(next)) === hashOf(withoutFormat(choice));
    asking.abort();
    choice = next;
    chart.stop(isSameCrop);
    display();
    canvas.setAttribute('aria-busy', 'true');
    clearTimeout(rest);
    rest = setTimeout(() => void update(), wait);
  };
  const chooseValues = (values: Partial<Choice['values']>, wait = REST) =>
    choose({ ...choice, values: { ...choice.values, ...values } }, wait);
  const pick = (key: string) => {
    const { position } = choice.values;
    if (isPoint(position)) points.set(choice.key, position);
    const kept = points.get(key) ?? (isPoint(position) ? '' : position);
    choose({ key, values: { ...choice.values, position: kept } });
  };

  const marks = createMarks(chooseValues);
  const comparison = createComparison((part) => marks.showView(part && place && seenPart(part, place)));
  const controls = createControls(settings, (name, value, isTyped) =>
    chooseValues({ [name]: value }, isTyped ? TYPING_REST : REST),
  );
  const filmstrip = createFilmstrip((format) => chooseValues({ format }));
  const chart = createQualityChart({
    choice: () => (choice.values.t === '' ? undefined : choice),
    ask: askFor,
    onPick: (format, quality) => chooseValues({ format, quality: String(quality) }),
  });
  const description = createDescription({
    urls: () => descriptionUrls(choice, recipeOf(choice.key, '')),
    ask: async (url, signal) => ask(await signatures.sign(url), signal),
  });
  const typeForm = createTypeForm();
  const snippets = createSnippets(typeForm.element);
  const domain = createDomain(() => describe());
  const pictures = createPictures({
    sign: signatures.sign,
    onPick: (key) => {
      uploads.clear();
      pick(key);
    },
  });
  const uploads = createUploads(settings.heic, async (key) => {
    await pictures.load();
    pick(key);
  });
  createLanguages((next) => {
    language = next;
    describe();
  });
  find('again', HTMLButtonElement).addEventListener('click', () => void update());
  find('reset', HTMLButtonElement).addEventListener('click', () =>
    choose({ ...choice, values: FIRST_VALUES }),
  );
  find('controls', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', () => {
    const said = readHash(location.hash);
    if (!said || hashOf(said) === hashOf(choice)) return;
    written = said;
    choose(said, 0);
  });

  describe();
  const { first } = await pictures.load();
  if (choice.key === '' && first !== undefined) choice = { ...choice, key: first };
  written = choice;
  describe();
  display();
  if (choice.key === '') canvas.setAttribute('aria-busy', 'false');
  else await update();
}

/** Why there is no original to see; empty where there is one. */
function originalFailure(original: Original | undefined, broken: string, noPreview: string): string {
  if (!original || original.size || original.answer.status !== 200) return '';
  return EVERY_BROWSER.test(original.answer.type) ? broken : noPreview;
}

function withoutFormat({ key, values }: Choice): Choice {
  return { key, values: { ...values, format: '', quality: '' } };
}

void start();
