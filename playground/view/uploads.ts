import { filled, type Words } from '../model/words/words';
import { create, find } from './elements/dom';

/** Takes new pictures: chosen, or dropped anywhere on the page. */
export interface Uploads {
  describe(words: Words): void;
  /** Forgets what was said of the last ones. */
  clear(): void;
}

/** Why a file was not taken. */
type Refusal =
  | { readonly kind: 'heic' | 'noPicture'; readonly name: string }
  | { readonly kind: 'notTaken'; readonly name: string; readonly line: string }
  | { readonly kind: 'unreachable' | 'holding' };

type Sent = { readonly key: string } | Refusal;

const PICTURE = /\.(jpe?g|png|webp|avif|gif|tiff?)$/i;
const HEIC = /\.(heic|heif)$/i;

/**
 * @param heic whether the edge takes HEIC
 * @param onAdd gets the last of the pictures that the edge took
 */
export function createUploads(heic: boolean, onAdd: (key: string) => Promise<void>): Uploads {
  const place = find('pictures-message', HTMLDivElement);
  let said: readonly Refusal[] = [];
  let words: Words | undefined;

  const describe = () => {
    find('upload', HTMLElement).hidden = said.length === 0;
    if (words) place.replaceChildren(...said.map((refusal) => lineOf(refusal, words as Words)));
  };
  const say = (refusals: readonly Refusal[]) => {
    said = refusals;
    describe();
  };
  const add = async (files: readonly File[]) => {
    if (files.length === 0) return;
    say([{ kind: 'holding' }]);
    const refusals: Refusal[] = [];
    let added: string | undefined;
    for (const file of files) {
      const sent = await send(file, heic).catch((): Sent => ({ kind: 'unreachable' }));
      if ('key' in sent) added = sent.key;
      else refusals.push(sent);
    }
    if (added !== undefined) await onAdd(added);
    say(refusals);
  };

  const file = find('file', HTMLInputElement);
  file.addEventListener('change', () => {
    void add([...(file.files ?? [])]);
    file.value = '';
  });
  find('upload-close', HTMLButtonElement).addEventListener('click', () => say([]));
  acceptDrops(add);
  return {
    describe: (next) => {
      words = next;
      describe();
    },
    clear: () => say([]),
  };
}

function lineOf(refusal: Refusal, words: Words): HTMLParagraphElement {
  return create('p', { textContent: filled(words[refusal.kind], { line: '', name: '', ...refusal }) });
}

async function send(file: File, heic: boolean): Promise<Sent> {
  const { name } = file;
  const isHeic = HEIC.test(name);
  if (isHeic && !heic) return { kind: 'heic', name };
  if (!isHeic && !PICTURE.test(name)) return { kind: 'noPicture', name };
  const response = await fetch(`/_edgecrop/pictures?${new URLSearchParams({ name })}`, {
    method: 'PUT',
    body: file,
  });
  const text = await response.text();
  return response.ok ? { key: String(JSON.parse(text).key) } : { kind: 'notTaken', name, line: text.trim() };
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
