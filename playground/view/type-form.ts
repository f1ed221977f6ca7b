import type { ParameterName } from '../../lambda/contract/parameters/parameter';
import { PARAMETERS } from '../../lambda/contract/parameters/table';
import { NO_VALUES, type Values } from '../model/choice';
import { isTypeName, typeNames, typeSettings } from '../model/type-settings';
import { filled, type Words } from '../model/words/words';
import { create, setText, spoken } from './elements/dom';
import { createText } from './snippets';

/** Turns the values on show into a type for `cdk.json`. */
export interface TypeForm {
  readonly element: HTMLElement;
  show(values: Values, words: Words): void;
}

export function createTypeForm(): TypeForm {
  const name = create('input', { type: 'text', id: 'type-name', value: 'thumb', maxLength: 32 });
  const { field, element: text } = createText('cdk', 'cdk.json');
  const hint = create('p', { className: 'note', id: 'type-hint' });
  const locks = new Map<ParameterName, HTMLInputElement>();
  let values: Values = NO_VALUES;
  let words: Words | undefined;

  const write = () => {
    const offered = typeNames(values);
    const locked = new Set<string>();
    for (const [parameter, box] of locks) {
      const isOffered = offered.includes(parameter);
      if (box.parentElement) box.parentElement.hidden = !isOffered;
      if (isOffered && box.checked) locked.add(parameter);
    }
    const isFine = isTypeName(name.value);
    name.setAttribute('aria-invalid', String(!isFine));
    field.value = isFine ? typeSettings(name.value, values, locked) : '';
    if (words) setText(hint, isFine ? filled(words.typeHint, { name: name.value }) : words.badTypeName);
  };
  const boxes = PARAMETERS.filter((row) => row.name !== 't' && row.name !== 'dpr').map((row) => {
    const box = create('input', { type: 'checkbox' });
    box.addEventListener('change', write);
    locks.set(row.name, box);
    return create('label', { className: 'lock' }, {}, [box, create('code', { textContent: row.name })]);
  });
  name.addEventListener('input', write);
  name.setAttribute('aria-describedby', hint.id);
  const element = create('div', { className: 'type-form' }, {}, [
    create('div', { className: 'row' }, {}, [
      create('label', { htmlFor: name.id }, { 'data-word': 'typeName' }),
      name,
      create('fieldset', {}, {}, [create('legend', {}, {}, [spoken('lock')]), ...boxes]),
    ]),
    text,
    hint,
  ]);
  return {
    element,
    show: (nextValues, nextWords) => {
      values = nextValues;
      words = nextWords;
      write();
    },
  };
}
