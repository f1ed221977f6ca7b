import { type Choice, FIRST_VALUES, hashOf, isPoint, NO_VALUES } from './model/choice';
import { cutOf, readCropStatus } from './model/crop-status';
import { type Answer, ask, lineOf, show } from './model/edge/answer';
import { createAskFor, onceEach } from './model/edge/requests';
import { createSignatures } from './model/edge/signatures';
import { placeOriginal, type Rectangle, seenPart, shownPart } from './model/placement';
import { effective, fetchSettings, isLocked } from './model/settings';
import { descriptionUrls } from './model/snippets/description-urls';
import { createRecipe } from './model/snippets/recipe';
import type { Language } from './model/words/languages';
import { createAddress } from './view/address';
import { createComparison, takeSize } from './view/comparison';
import { createControls } from './view/controls';
import { createDescription } from './view/description';
import { createDomain } from './view/domain';
import { find } from './view/elements/dom';
import type { Shown } from './view/facts';
import { createFilmstrip } from './view/filmstrip';
import { applyLanguage, createLanguages, preferredLanguage } from './view/language';
import { createMarks } from './view/marks/marks';
import { type Original, showOutcome } from './view/outcome';
import { createPictures, isDropped, plainName } from './view/pictures';
import { createQualityChart } from './view/quality-chart';
import { createSnippets } from './view/snippets';
import { createTypeForm } from './view/type-form';
import { createUploads } from './view/uploads';

/** How long controls must rest, in milliseconds, before the edge is asked: not at all while a slider moves. */
const REST = 200;
/** The same for what is typed: `1200` is one size, and not three more on the way to it. */
const TYPING_REST = 800;

async function start(): Promise<void> {
  const settings = await fetchSettings();
  const signatures = createSignatures(settings.signing);
  const images = {
    original: find('original', HTMLImageElement),
    reference: find('reference', HTMLImageElement),
    variant: find('variant', HTMLImageElement),
  };
  const canvas = find('canvas', HTMLDivElement);

  const address = createAddress((said) => choose(said, 0));
  let choice: Choice = address.first ?? { key: '', values: FIRST_VALUES };
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

  const askFor = createAskFor(signatures.sign);

  /** Writes all that depends on what is known and on the language; asks nothing. */
  const describe = () => {
    const words = applyLanguage(language);
    controls.show(choice.values);
    showOutcome({ choice, original, shown, place, refused, isReachable }, settings, words, language);
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
    const once = onceEach(askFor, signal);
    address.write(choice);
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

  describe();
  const { first } = await pictures.load();
  if (choice.key === '' && first !== undefined) choice = { ...choice, key: first };
  describe();
  display();
  if (choice.key === '') canvas.setAttribute('aria-busy', 'false');
  else await update();
}

function withoutFormat({ key, values }: Choice): Choice {
  return { key, values: { ...values, format: '', quality: '' } };
}

void start();
