import type { ParameterName } from '../../../lambda/contract/parameters/parameter';
import { create, spoken } from '../elements/dom';

/** The control of one parameter. */
export interface Field {
  readonly element: HTMLElement;
  /** @param preset what is meant where the value is empty; the empty string where nobody can tell */
  show(value: string, preset: string): void;
}

/** Whether a value is still being typed: it waits longer before the edge is asked. */
export type Change = (value: string, isTyped?: boolean) => void;

/** A control with its name, its name in the URL and a text that explains it. */
export function labelled(
  name: ParameterName,
  control: HTMLElement,
  children: readonly Node[] = [],
): HTMLElement {
  control.id = name;
  control.setAttribute('aria-describedby', `${name}-doc`);
  const title = create('label', { htmlFor: name, className: 'name' }, {}, nameParts(name));
  return create('div', { className: 'field' }, { 'data-name': name }, [
    titled(name, title),
    create('div', { className: 'control' }, {}, [...children, control]),
  ]);
}

/** Several controls that are one parameter. */
export function grouped(name: ParameterName, children: readonly Node[]): HTMLElement {
  const id = `${name}-name`;
  const attributes = {
    role: 'group',
    'aria-labelledby': id,
    'aria-describedby': `${name}-doc`,
    'data-name': name,
  };
  return create('div', { className: 'field group' }, attributes, [
    titled(name, create('span', { id, className: 'name' }, {}, nameParts(name))),
    create('div', { className: 'control' }, {}, children),
  ]);
}

function titled(name: ParameterName, title: HTMLElement): HTMLElement {
  return create('div', { className: 'title' }, {}, [title, ...help(name)]);
}

/** A choice of a group, and its text. */
export function createRadio(name: string, value: string, text: string | Node, onPick: () => void) {
  const input = create('input', { type: 'radio', name, value });
  input.addEventListener('change', onPick);
  const face = create('span', {}, {}, [text]);
  return { input, face, element: create('label', {}, {}, [input, face]) };
}

function nameParts(name: ParameterName): readonly Node[] {
  return [spoken(`name:${name}`), document.createTextNode(' '), create('code', { textContent: name })];
}

/** The explanation waits behind a button, since whoever knows the parameter needs the room. */
function help(name: ParameterName): readonly Node[] {
  const id = `${name}-doc`;
  const text = create('p', { id, className: 'help' }, { popover: '', 'data-word': `doc:${name}` });
  const button = create(
    'button',
    { type: 'button', className: 'ask', textContent: '?', id: `${name}-ask` },
    { popovertarget: id, 'aria-labelledby': `${name}-ask-text ${name}-ask` },
  );
  button.prepend(
    create('span', { id: `${name}-ask-text`, className: 'hidden' }, { 'data-word': `name:${name}` }),
  );
  text.addEventListener('beforetoggle', () => {
    const { bottom, right } = button.getBoundingClientRect();
    text.style.top = `${bottom + 4}px`;
    text.style.right = `${document.documentElement.clientWidth - right}px`;
  });
  return [button, text];
}
