import { NO_VALUES } from '../model/choice';
import { isRecord } from '../model/record';
import { imageUrl } from '../model/snippets/recipe';
import { filled, type Words } from '../model/words/words';
import { create, find, setText } from './elements/dom';

/** The strip of pictures to choose from. */
export interface Pictures {
  /** Chooses a picture in the strip, without telling. */
  show(key: string): void;
  /** Reads the folder again. */
  load(): Promise<Listed>;
  /** Asks for the small pictures: after the large one, which must not wait behind them. */
  showThumbnails(): void;
  describe(words: Words): void;
}

/** The pictures of the folder. */
export interface Listed {
  readonly keys: readonly string[];
  /** The one to begin with; undefined where there is none. */
  readonly first: string | undefined;
  /** How many there are, though not all of them may be listed. */
  readonly total: number;
}

export interface PicturesOptions {
  /** Gives a URL its signature; without signing, the URL itself. */
  readonly sign: (url: string) => Promise<string>;
  readonly onPick: (key: string) => void;
}

/** So many pictures are found at a glance, without a filter. */
const GLANCE = 12;

export function createPictures({ sign, onPick }: PicturesOptions): Pictures {
  const place = find('pictures', HTMLDivElement);
  const filter = find('filter', HTMLInputElement);
  let shown = '';
  let total = 0;
  let isShowing = false;

  const tiles = () => [...place.querySelectorAll('label')];
  const describe = (words: Words) => {
    const count = tiles().filter(({ hidden }) => !hidden).length;
    setText(
      find('pictures-count', HTMLOutputElement),
      count === total ? '' : filled(words.counted, { shown: String(count), total: String(total) }),
    );
    setText(find('no-pictures', HTMLParagraphElement), total === 0 ? words.noPictures : '');
    for (const broken of place.querySelectorAll('.broken')) broken.textContent = words.notShown;
  };
  let words: Words | undefined;
  // Errors of images do not bubble.
  place.addEventListener(
    'error',
    ({ target }) => {
      if (!(target instanceof HTMLImageElement)) return;
      target.replaceWith(create('span', { className: 'broken', textContent: words?.notShown ?? '' }));
    },
    true,
  );
  filter.addEventListener('input', () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const tile of tiles()) tile.hidden = !tile.title.toLowerCase().includes(wanted);
    if (words) describe(words);
  });
  const all = find('show-all', HTMLButtonElement);
  all.addEventListener('click', () => {
    const isAll = place.classList.toggle('all');
    all.setAttribute('aria-pressed', String(isAll));
    reveal(place);
  });
  const showThumbnails = () => {
    isShowing = true;
    const observer = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting || !(target instanceof HTMLImageElement)) continue;
        observer.unobserve(target);
        void sign(target.dataset.src ?? '').then((url) => {
          target.src = url;
        });
      }
    });
    for (const image of place.querySelectorAll('img:not([src])')) observer.observe(image);
  };

  return {
    showThumbnails: () => {
      if (!isShowing) showThumbnails();
    },
    load: async () => {
      const listed = await listKeys();
      total = listed.total;
      place.replaceChildren(...listed.keys.map((key) => createTile(key, key === shown, onPick)));
      find('finder', HTMLDivElement).hidden = total <= GLANCE;
      if (isShowing) showThumbnails();
      if (words) describe(words);
      reveal(place);
      return listed;
    },
    show: (key) => {
      if (key === shown) return;
      shown = key;
      for (const input of place.querySelectorAll('input')) input.checked = input.value === key;
      reveal(place);
    },
    describe: (next) => {
      words = next;
      describe(next);
    },
  };
}

/** Scrolls the chosen picture into the strip, and the page not at all. */
function reveal(place: HTMLElement): void {
  const tile = place.querySelector('label:has(:checked)');
  if (!(tile instanceof HTMLElement)) return;
  place.scrollTo({
    left: tile.offsetLeft - (place.clientWidth - tile.offsetWidth) / 2,
    top: tile.offsetTop - (place.clientHeight - tile.offsetHeight) / 2,
  });
}

function createTile(key: string, isChosen: boolean, onPick: (key: string) => void): HTMLElement {
  const values = { ...NO_VALUES, t: 'A', w: '168', h: '124', format: 'webp' };
  const image = create('img', { alt: '', width: 84, height: 62 });
  image.dataset.src = imageUrl('', { key, values });
  const input = create('input', { type: 'radio', name: 'picture', value: key, checked: isChosen });
  input.addEventListener('change', () => onPick(key));
  return create('label', { title: key }, {}, [input, image, create('span', { textContent: plainName(key) })]);
}

/** The name of the file, without what a dropped one has in front. */
export function plainName(key: string): string {
  const name = key.split('/').pop() ?? key;
  return isDropped(key) ? name.slice(9) : name;
}

export function isDropped(key: string): boolean {
  return key.startsWith('_dropped/');
}

async function listKeys(): Promise<Listed> {
  const said: unknown = await (await fetch('/_edgecrop/pictures')).json();
  if (!isRecord(said) || !Array.isArray(said.pictures)) return { keys: [], first: undefined, total: 0 };
  const keys = said.pictures.map(String);
  return {
    keys,
    first: typeof said.first === 'string' ? said.first : keys[0],
    total: typeof said.total === 'number' ? said.total : keys.length,
  };
}
