import { type Choice, hashOf, isStep, readHash } from '../model/choice';

/** The address of the page, which says what is chosen. */
export interface Address {
  /** The choice that the page was opened with. */
  readonly first: Choice | undefined;
  /** A step of its own in the history where another picture or type is chosen. */
  write(choice: Choice): void;
}

/** @param onChange called when somebody goes back or forward, or edits the address */
export function createAddress(onChange: (choice: Choice) => void): Address {
  const first = readHash(location.hash);
  let written = first;
  addEventListener('hashchange', () => {
    const said = readHash(location.hash);
    if (!said || (written && hashOf(said) === hashOf(written))) return;
    written = said;
    onChange(said);
  });
  return {
    first,
    write: (choice) => {
      const hash = hashOf(choice);
      if (hash === location.hash || choice.key === '') return;
      try {
        if (written && isStep(written, choice)) history.pushState(null, '', hash);
        else history.replaceState(null, '', hash);
        written = choice;
      } catch {
        // Safari allows a hundred a half minute; the next change writes it.
      }
    },
  };
}
