import { PARAMETERS } from '../../lambda/contract/parameters/table';
import { docOf, LANGUAGE_NAMES, LANGUAGES, type Language, nameOf } from '../model/words/languages';
import type { Words } from '../model/words/words';
import { create, find, findAll } from './elements/dom';

const KEY = 'edgecrop-language';

/** The language that was switched to, else the first of the browser's that there is. */
export function preferredLanguage(): Language {
  const asked = [localStorage.getItem(KEY) ?? '', ...navigator.languages];
  for (const tag of asked) {
    const language = tag.split('-')[0];
    if (language === 'en' || language === 'ko') return language;
  }
  return 'en';
}

/** Puts words into every element that names one: as its text, its label or its placeholder. */
export function applyLanguage(language: Language): Words {
  const words = LANGUAGES[language];
  document.documentElement.lang = language;
  for (const element of findAll('[data-word]')) element.textContent = wordOf(element.dataset.word, words);
  for (const element of findAll('[data-label]')) {
    element.setAttribute('aria-label', wordOf(element.dataset.label, words));
  }
  for (const element of findAll('[data-placeholder]')) {
    element.setAttribute('placeholder', wordOf(element.dataset.placeholder, words));
  }
  for (const button of find('languages', HTMLFieldSetElement).querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.lang === language));
  }
  return words;
}

/** Fills the switch. */
export function createLanguages(onChange: (next: Language) => void): void {
  const buttons = (Object.keys(LANGUAGES) as Language[]).map((language) => {
    const button = create('button', {
      type: 'button',
      lang: language,
      textContent: LANGUAGE_NAMES[language],
    });
    button.addEventListener('click', () => {
      localStorage.setItem(KEY, language);
      onChange(language);
    });
    return button;
  });
  find('languages', HTMLFieldSetElement).replaceChildren(...buttons);
}

/** `copy` is a word of its own; `name:w` and `doc:w` are of a parameter. */
function wordOf(path = '', words: Words): string {
  const [kind = '', name = ''] = path.split(':');
  const parameter = PARAMETERS.find((row) => row.name === name)?.name;
  if (parameter) return kind === 'doc' ? docOf(parameter, words) : nameOf(parameter, words);
  const word = words[kind as keyof Words];
  return typeof word === 'string' ? word : '';
}
