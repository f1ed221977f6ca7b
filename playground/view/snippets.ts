import type { Choice } from '../model/choice';
import { curlLine, imageMarkup, imageUrl } from '../model/urls';
import type { Words } from '../model/words';
import { create } from './dom';

/** Texts to take along, each with a button that copies it. */
export interface Snippets {
  show(choice: Choice): void;
}

const COPIED_MILLISECONDS = 3000;

export function createSnippets(place: HTMLElement, words: Words): Snippets {
  const { origin } = location;
  const rows = [
    createRow('url', words.url, 1, words, (choice) => imageUrl(origin, choice)),
    createRow('markup', words.img, 9, words, (choice) => imageMarkup(origin, choice)),
    createRow('curl', words.curl, 1, words, (choice) => curlLine(origin, choice)),
  ];
  place.replaceChildren(...rows.map(({ element }) => element));
  return {
    show: (choice) => {
      for (const row of rows) row.show(choice);
    },
  };
}

function createRow(id: string, label: string, rows: number, words: Words, text: (choice: Choice) => string) {
  const field = create('textarea', {
    id: `${id}-text`,
    rows,
    readOnly: true,
    spellcheck: false,
    // A short line is scrolled, a long text is seen whole.
    wrap: rows === 1 ? 'off' : 'soft',
  });
  const button = create(
    'button',
    { type: 'button', textContent: words.copy },
    { 'aria-label': `${words.copy}: ${label}`, 'aria-live': 'polite' },
  );
  button.addEventListener('click', async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = words.copied;
      setTimeout(() => {
        button.textContent = words.copy;
      }, COPIED_MILLISECONDS);
    } catch {
      // Without the permission the text stands selected, to be copied by hand.
      field.focus();
    }
  });
  return {
    element: create('div', { className: 'snippet' }, {}, [
      create('label', { htmlFor: field.id, textContent: label }),
      field,
      button,
    ]),
    show: (choice: Choice) => {
      field.value = text(choice);
    },
  };
}
