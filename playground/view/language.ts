import { LANGUAGE_NAMES, LANGUAGES, type Language, type Words } from '../model/words';
import { findAll } from './dom';

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

/** Puts the words where the page has a place for them. */
export function applyLanguage(language: Language): Words {
  const words = LANGUAGES[language];
  document.documentElement.lang = language;
  for (const element of findAll('[data-word]')) {
    const word = words[element.dataset.word as keyof Words];
    if (typeof word === 'string') element.textContent = word;
  }
  return words;
}

/** Fills the switch. */
export function showLanguages(
  place: HTMLElement,
  current: Language,
  onChange: (next: Language) => void,
): void {
  place.setAttribute('aria-label', LANGUAGES[current].language);
  place.replaceChildren(
    ...(Object.keys(LANGUAGES) as Language[]).map((language) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.lang = language;
      button.textContent = LANGUAGE_NAMES[language];
      button.setAttribute('aria-pressed', String(language === current));
      button.addEventListener('click', () => {
        localStorage.setItem(KEY, language);
        onChange(language);
        place.querySelector<HTMLElement>(`[lang=${language}]`)?.focus();
      });
      return button;
    }),
  );
}
