import type { ParameterName } from '../../../lambda/contract/parameters/parameter';
import { PARAMETER_DOCS } from '../../../lambda/contract/parameters/parameter-docs';
import { EN } from './en';
import { KO } from './ko';
import type { Words } from './words';

export type Language = 'en' | 'ko';

export const LANGUAGES: Readonly<Record<Language, Words>> = { en: EN, ko: KO };

/** What each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어' };

/** What a parameter is called. */
export function nameOf(parameter: ParameterName, words: Words): string {
  return words.names[parameter] ?? parameter;
}

/** What a parameter means: of a language that has no text yet, what the URL contract says in English. */
export function docOf(parameter: ParameterName, words: Words): string {
  return words.docs[parameter] ?? PARAMETER_DOCS[parameter].doc.replaceAll('`', '');
}
