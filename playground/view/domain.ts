import type { Words } from '../model/words/words';
import { find, setText } from './elements/dom';

const KEY = 'edgecrop-domain';

/** The domain that everything copied is written for. */
export interface Domain {
  /** An origin: the one that was written, else this edge's own. */
  base(): string;
  /** Whether it is this edge, whose dropped pictures and signatures are good nowhere else. */
  isHere(): boolean;
  describe(words: Words): void;
}

export function createDomain(onChange: () => void): Domain {
  const field = find('domain', HTMLInputElement);
  field.value = localStorage.getItem(KEY) ?? '';
  const written = () => originOf(field.value);
  field.addEventListener('input', () => {
    localStorage.setItem(KEY, field.value.trim());
    onChange();
  });
  return {
    base: () => written() ?? location.origin,
    isHere: () => (written() ?? location.origin) === location.origin,
    describe: (words) => {
      const isBad = field.value.trim() !== '' && written() === undefined;
      field.setAttribute('aria-invalid', String(isBad));
      setText(find('domain-hint', HTMLParagraphElement), isBad ? words.badDomain : words.domainHint);
    },
  };
}

/** A host without a scheme is meant to be asked by HTTPS. */
function originOf(text: string): string | undefined {
  const written = text.trim();
  if (written === '' || /[\s?#]/.test(written)) return undefined;
  const url = /^https?:\/\//i.test(written) ? written : `https://${written}`;
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  return pathname === '/' ? origin : undefined;
}
