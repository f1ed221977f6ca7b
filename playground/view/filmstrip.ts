import { FORMAT } from '../../lambda/contract/parameters/table';
import { ask, lineOf, show } from '../model/answer';
import type { Choice } from '../model/choice';
import { bytes, formatName, milliseconds, saved } from '../model/figures';
import { imageUrl } from '../model/urls';
import type { Words } from '../model/words';
import { create, find } from './dom';
import { cacheWord } from './facts';

/** The same crop in every format. */
export interface Filmstrip {
  /** Asks for one format after the other, so that each has the edge to itself. */
  show(choice: Choice, originalBytes: number | undefined, signal: AbortSignal): Promise<void>;
  /** Where there is nothing to show. */
  clear(): void;
}

const FORMATS: readonly string[] = FORMAT.words.filter((word) => word !== 'auto');

export function createFilmstrip(words: Words, language: string, onPick: (format: string) => void): Filmstrip {
  const frames = FORMATS.map((format) => createFrame(format, onPick));
  find('film', HTMLUListElement).replaceChildren(...frames.map(({ element }) => element));
  return {
    clear: () => {
      for (const { image, button, weight, note } of frames) {
        image.hidden = true;
        weight.textContent = '–';
        note.textContent = '\u00a0';
        button.setAttribute('aria-busy', 'false');
        button.setAttribute('aria-pressed', 'false');
      }
    },
    show: async (choice, originalBytes, signal) => {
      for (const { button, format } of frames) {
        button.setAttribute('aria-busy', 'true');
        button.setAttribute('aria-pressed', String(choice.values.format === format));
      }
      for (const { format, image, button, weight, note } of frames) {
        const values = { ...choice.values, format };
        const answer = await ask(imageUrl('', { ...choice, values }), signal);
        const size = answer.status === 200 ? await show(image, answer.body) : undefined;
        signal.throwIfAborted();
        const isSame = answer.type === `image/${format}`;
        weight.textContent = size ? bytes(answer.body.size, language) : '–';
        note.textContent = size
          ? [
              ...(isSame ? [] : [formatName(answer.type)]),
              ...(originalBytes === undefined ? [] : [saved(originalBytes, answer.body.size, language)]),
              `${milliseconds(answer.time, language)} · ${cacheWord(answer.cache, words)}`,
            ].join(' · ')
          : answer.status === 200
            ? answer.cropStatus
            : await lineOf(answer);
        image.hidden = size === undefined;
        button.title = answer.cropStatus;
        button.setAttribute('aria-busy', 'false');
      }
    },
  };
}

function createFrame(format: string, onPick: (format: string) => void) {
  const image = create('img', { alt: '', hidden: true });
  const weight = create('span', { className: 'weight', textContent: '–' });
  const note = create('span', { className: 'note', textContent: '\u00a0' });
  const button = create('button', { type: 'button' }, { 'aria-busy': 'true' }, [
    create('span', { className: 'thumbnail' }, {}, [image]),
    create('span', { className: 'line' }, {}, [create('strong', { textContent: format }), weight]),
    note,
  ]);
  button.addEventListener('click', () => onPick(format));
  return { format, image, weight, note, button, element: create('li', {}, {}, [button]) };
}
