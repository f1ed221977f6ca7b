import type { PositionParameter } from '../../../lambda/contract/parameters/parameter';
import { isPoint } from '../../model/choice';
import { pointOf } from '../../model/placement';
import { create, setValue, spoken } from '../elements/dom';
import { type Change, createRadio, type Field, grouped } from './field';
import { segments, showPreset } from './word-field';

/** Sides and corners where they are on a picture; beside them the other words and the point. */
export function createPositionField({ name, words }: PositionParameter, change: Change): Field {
  const radio = (word: string) => createRadio(name, word, word, () => change(word));
  const preset = createRadio(name, '', spoken('default'), () => change(''));
  const sides = words
    .filter((word) => pointOf(word) !== undefined)
    .toSorted(inReadingOrder)
    .map(radio);
  const others = [preset, ...words.filter((word) => pointOf(word) === undefined).map(radio)];
  for (const { element, input, face } of sides) {
    element.title = input.value;
    face.className = 'hidden';
  }
  const point = createRadio(name, 'point', spoken('point'), () => change('0.5,0.5'));
  const [x, y] = [createCoordinate('x'), createCoordinate('y')];
  // Half a point is none: what is not written yet is the middle.
  const changePoint = () => {
    const [left, top] = [x.value.trim(), y.value.trim()];
    change(left === '' && top === '' ? '' : `${left || 0.5},${top || 0.5}`, true);
  };
  for (const input of [x, y]) input.addEventListener('input', changePoint);
  const compass = create(
    'div',
    { className: 'compass' },
    {},
    sides.map(({ element }) => element),
  );
  return {
    element: grouped(name, [
      compass,
      segments(others),
      create('div', { className: 'point' }, {}, [point.element, x, y]),
    ]),
    show: (value, presetValue) => {
      showPreset(preset.face, presetValue);
      for (const { input } of [...sides, ...others]) input.checked = input.value === value.toLowerCase();
      point.input.checked = isPoint(value);
      const [left = '', top = ''] = isPoint(value) ? value.split(',') : [];
      for (const [input, at] of [
        [x, left],
        [y, top],
      ] as const) {
        // What is being written stays as it is.
        if (document.activeElement !== input) setValue(input, at);
      }
    },
  };
}

/** From the upper left to the lower right, as they are on a picture. */
function inReadingOrder(a: string, b: string): number {
  const [from, to] = [pointOf(a), pointOf(b)];
  return from && to ? from.y - to.y || from.x - to.x : 0;
}

function createCoordinate(axis: string): HTMLInputElement {
  return create(
    'input',
    { type: 'text', inputMode: 'decimal', placeholder: axis },
    { 'aria-label': axis, autocomplete: 'off' },
  );
}
