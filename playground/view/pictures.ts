import { FIRST_VALUES } from '../model/choice';
import { isRecord } from '../model/record';
import { imageUrl } from '../model/urls';
import type { Words } from '../model/words';
import { create, find } from './dom';

/** The strip of pictures to choose from. */
export interface Pictures {
  /** Chooses a picture in the strip, without telling. */
  show(key: string): void;
  /** Reads the folder again. */
  load(): Promise<readonly string[]>;
  /** Asks for the small pictures: after the large one, which must not wait behind them. */
  showThumbnails(): void;
}

/** Lists the edge's pictures, and hands it new ones that are chosen or dropped anywhere on the page. */
export function createPictures(words: () => Words, onPick: (key: string) => void): Pictures {
  const place = find('pictures', HTMLDivElement);
  const message = find('pictures-message', HTMLParagraphElement);
  let shown = '';
  let isShowing = false;

  const showThumbnails = () => {
    isShowing = true;
    for (const image of place.querySelectorAll('img')) {
      if (!image.hasAttribute('src')) image.src = image.dataset.src ?? '';
    }
  };

  const load = async () => {
    const keys = await listKeys();
    place.replaceChildren(...keys.map((key) => createChoice(key, key === shown, onPick)));
    if (isShowing) showThumbnails();
    message.textContent = keys.length === 0 ? words().noPictures : '';
    return keys;
  };

  const add = async (files: readonly File[]) => {
    if (files.length === 0) return;
    message.textContent = words().holding;
    const lines: string[] = [];
    let added: string | undefined;
    for (const file of files) {
      const result = await hold(file).catch(() => ({ line: words().unreachable }));
      if ('key' in result) added = result.key;
      else lines.push(result.line);
    }
    if (added !== undefined) {
      shown = added;
      await load();
      onPick(added);
      place.scrollTo({ left: 0 });
    }
    message.textContent = lines.join(' ');
  };

  const file = find('file', HTMLInputElement);
  file.addEventListener('change', () => {
    void add([...(file.files ?? [])]);
    file.value = '';
  });
  acceptDrops(add);

  return {
    load,
    showThumbnails,
    show: (key) => {
      shown = key;
      for (const input of place.querySelectorAll('input')) input.checked = input.value === key;
    },
  };
}

function createChoice(key: string, isChosen: boolean, onPick: (key: string) => void): HTMLElement {
  const values = { ...FIRST_VALUES, w: '144', h: '112', format: 'webp' };
  const image = create('img', { loading: 'lazy', alt: '', width: 72, height: 56 });
  image.dataset.src = imageUrl('', { key, values });
  const input = create('input', { type: 'radio', name: 'picture', value: key, checked: isChosen });
  input.addEventListener('change', () => onPick(key));
  const name = key.split('/').pop() ?? key;
  const shortened = key.startsWith('_dropped/') ? name.slice(9) : name;
  return create('label', { title: key }, {}, [input, image, create('span', { textContent: shortened })]);
}

async function listKeys(): Promise<readonly string[]> {
  const said: unknown = await (await fetch('/_edgecrop/pictures')).json();
  return isRecord(said) && Array.isArray(said.pictures) ? said.pictures.map(String) : [];
}

async function hold(file: File): Promise<{ readonly key: string } | { readonly line: string }> {
  const response = await fetch(`/_edgecrop/pictures?${new URLSearchParams({ name: file.name })}`, {
    method: 'PUT',
    body: file,
  });
  const text = await response.text();
  return response.ok ? { key: String(JSON.parse(text).key) } : { line: text.trim() };
}

function acceptDrops(add: (files: readonly File[]) => Promise<void>): void {
  const veil = find('drop', HTMLDivElement);
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    veil.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) veil.hidden = true;
  });
  addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    veil.hidden = true;
    void add([...(event.dataTransfer?.files ?? [])]);
  });
}
