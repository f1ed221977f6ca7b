import { clientCode, curlLine, nextCode, reactCode } from '../model/snippets/code';
import { imgMarkup, pictureMarkup } from '../model/snippets/html';
import type { Recipe } from '../model/snippets/recipe';
import { create, find, spoken } from './dom';

/** Texts to take along, each with a button that copies it. */
export interface Snippets {
  show(recipe: Recipe): void;
}

type Tab = readonly [id: string, name: string | Node, text: (recipe: Recipe) => string];

const COPIED_MILLISECONDS = 3000;
const TAB_KEY = 'edgecrop-snippet';

/** @param typeForm the panel that saves the values as a type */
export function createSnippets(typeForm: HTMLElement): Snippets {
  const tabs: readonly Tab[] = [
    ['markup', '<img>', imgMarkup],
    ['picture', '<picture>', pictureMarkup],
    ['react', 'React', reactCode],
    ['next', 'Next.js', nextCode],
    ['client', 'JavaScript', clientCode],
    ['curl', 'curl', curlLine],
  ];
  const url = createText('url', 'URL');
  const texts = tabs.map(([id, name, text]) => ({ id, text, ...createText(id, name) }));
  const panels: readonly (readonly [string, string | Node, HTMLElement])[] = [
    ...tabs.map(([id, name], at) => [id, name, texts[at]?.element ?? typeForm] as const),
    ['type', spoken('saveType'), typeForm],
  ];
  const show = (chosen: string) => {
    for (const [id, , panel] of panels) panel.hidden = id !== chosen;
  };
  const remembered = localStorage.getItem(TAB_KEY) ?? '';
  const first = panels.some(([id]) => id === remembered) ? remembered : 'markup';
  const choices = panels.map(([id, name]) => {
    const input = create('input', { type: 'radio', name: 'snippet', value: id, checked: id === first });
    input.addEventListener('change', () => {
      localStorage.setItem(TAB_KEY, id);
      show(id);
    });
    return create('label', {}, {}, [input, create('span', {}, {}, [name])]);
  });
  show(first);
  find('snippets', HTMLDivElement).replaceChildren(
    url.element,
    create('fieldset', { className: 'segments tabs' }, { 'data-label': 'as' }, choices),
    ...panels.map(([, , panel]) => panel),
  );
  return {
    show: (recipe) => {
      url.field.value = recipe.sign(recipe.url);
      for (const { field, text } of texts) field.value = text(recipe);
    },
  };
}

/** A text that is read and copied, not written. */
export function createText(id: string, name: string | Node) {
  const field = create('textarea', { id: `${id}-text`, rows: 1, readOnly: true, spellcheck: false });
  const label = create('label', { htmlFor: field.id, id: `${id}-name` }, {}, [
    typeof name === 'string' ? name : name.cloneNode(true),
  ]);
  const action = create('span', { id: `${id}-action` }, { 'data-word': 'copy' });
  const button = create(
    'button',
    { type: 'button' },
    { 'aria-labelledby': `${id}-action ${id}-name`, 'aria-live': 'polite' },
    [action],
  );
  const done = spoken('copied');
  done.hidden = true;
  button.append(done);
  button.addEventListener('click', async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      done.hidden = false;
      action.hidden = true;
      setTimeout(() => {
        done.hidden = true;
        action.hidden = false;
      }, COPIED_MILLISECONDS);
    } catch {
      // Without the permission the text stays selected, to be copied by hand.
      field.focus();
    }
  });
  return { field, element: create('div', { className: 'snippet' }, {}, [label, field, button]) };
}
