/**
 * An element of the page, by its id.
 *
 * @throws Error where page and script are not of one version
 */
export function find<E extends Element>(id: string, kind: new () => E): E {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`the page has no ${kind.name} called ${id}`);
}

export function findAll(selector: string): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)];
}

/** A new element with properties, attributes of ARIA and others by their own name, and children. */
export function create<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  attributes: Readonly<Record<string, string>> = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A text in the page's language, which stays right when the language is switched. */
export function spoken(word: string, className = ''): HTMLSpanElement {
  return create('span', { className }, { 'data-word': word });
}

/** Writing what is there already would move the cursor. */
export function setValue(control: HTMLInputElement | HTMLSelectElement, value: string): void {
  if (control.value.trim() !== value) control.value = value;
}

/** Shows a text where there is one, and no empty line elsewhere. */
export function setText(element: HTMLElement, text: string): void {
  element.textContent = text;
  element.hidden = text === '';
}
