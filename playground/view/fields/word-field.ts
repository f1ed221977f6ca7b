import type { FlagParameter, WordParameter } from '../../../lambda/contract/parameters/parameter';
import { create, spoken } from '../elements/dom';
import { type Change, createRadio, type Field, grouped } from './field';

/** The words side by side. The first is none of them: what the type has, or nothing. */
export function createWordField({ name, words }: WordParameter | FlagParameter, change: Change): Field {
  const preset = createRadio(name, '', spoken('default'), () => change(''));
  // A description is no picture to look at.
  const shown = words.filter((word) => word !== 'json');
  const radios = [preset, ...shown.map((word) => createRadio(name, word, word, () => change(word)))];
  return {
    element: grouped(name, [segments(radios)]),
    show: (value, presetValue) => {
      showPreset(preset.face, presetValue);
      for (const { input } of radios) input.checked = input.value === value.toLowerCase();
    },
  };
}

export function segments(radios: readonly { readonly element: HTMLElement }[]): HTMLElement {
  return create(
    'div',
    { className: 'segments' },
    {},
    radios.map(({ element }) => element),
  );
}

/** What the default comes to, where a type has one. */
export function showPreset(face: HTMLElement, preset: string): void {
  face.dataset.preset = preset;
}
