import type { ParameterName } from '../../../lambda/contract/parameters/parameter';
import { create, setValue } from '../elements/dom';
import { type Change, type Field, labelled } from './field';

/** For a parameter of a kind that has no control of its own. */
export function createTextField(name: ParameterName, change: Change): Field {
  const text = create('input', { type: 'text' }, { autocomplete: 'off', 'data-placeholder': 'default' });
  text.addEventListener('input', () => change(text.value.trim(), true));
  return {
    element: labelled(name, text),
    show: (value, preset) => {
      setValue(text, value);
      if (preset !== '') text.placeholder = preset;
    },
  };
}
