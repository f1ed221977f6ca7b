import type { Settings } from '../../model/settings';
import { create, setValue } from '../elements/dom';
import { type Change, type Field, labelled } from './field';

/** The configured types to choose from; where nobody knows them, a text. */
export function createTypeField(settings: Settings, change: Change): Field {
  const names = Object.keys(settings.types ?? {});
  if (settings.types === undefined) {
    const text = create('input', { type: 'text' }, { list: 't-list', 'data-placeholder': 'asIs' });
    text.addEventListener('input', () => change(text.value.trim(), true));
    const list = create('datalist', { id: 't-list' }, {}, [new Option('A')]);
    return { element: labelled('t', text, [list]), show: (value) => setValue(text, value) };
  }
  const select = create('select', {}, {}, [
    create('option', { value: '' }, { 'data-word': 'asIs' }),
    ...names.map((name) => new Option(name, name)),
  ]);
  select.addEventListener('input', () => change(select.value));
  return {
    element: labelled('t', select),
    show: (value) => {
      // A link may name a type that is not there: it is answered with the original.
      const isListed = [...select.options].some((option) => option.value === value);
      if (!isListed) select.add(new Option(`${value} ⚠`, value));
      setValue(select, value);
    },
  };
}
