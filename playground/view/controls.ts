import type {
  DecimalParameter,
  IntegerParameter,
  Parameter,
  ParameterName,
  PositionParameter,
  WordParameter,
} from '../../lambda/contract/parameters/parameter';
import { PARAMETERS } from '../../lambda/contract/parameters/table';
import { NO_VALUES, type Values } from '../model/choice';
import { pointOf } from '../model/placement';
import type { Settings } from '../model/settings';
import type { Words } from '../model/words';
import { create } from './dom';

/** A control for each parameter, built from the table. */
export interface Controls {
  show(values: Values): void;
  /** Marks the parameter that the edge has refused, and no other. */
  refuse(name: string | undefined): void;
}

interface Field {
  readonly element: HTMLElement;
  /** @param preset what is meant where the value is empty */
  show(value: string, preset: string): void;
}

type Change = (value: string) => void;

export function createControls(
  place: HTMLElement,
  settings: Settings,
  words: Words,
  onChange: (name: ParameterName, value: string) => void,
): Controls {
  const fields = PARAMETERS.map((parameter) => ({
    name: parameter.name,
    field: createField(parameter, settings, words, (value) => onChange(parameter.name, value)),
  }));
  place.replaceChildren(...fields.map(({ field }) => field.element));
  return {
    show: (values) => {
      const presets = {
        ...NO_VALUES,
        quality: String(settings.quality),
        dpr: '1',
        ...settings.types?.[values.t],
      };
      const locked = settings.types?.[values.t]?.locked ?? [];
      for (const { name, field } of fields) {
        field.show(values[name], String(presets[name]));
        // What was written before the type was chosen can still be taken back.
        const isLocked = locked.includes(name) && values[name] === '';
        field.element.classList.toggle('locked', isLocked);
        for (const input of field.element.querySelectorAll('input')) input.disabled = isLocked;
      }
    },
    refuse: (refused) => {
      for (const { name, field } of fields) {
        field.element.classList.toggle('refused', name === refused);
        for (const input of field.element.querySelectorAll('input[type=text]')) {
          input.setAttribute('aria-invalid', String(name === refused));
        }
      }
    },
  };
}

function createField(parameter: Parameter, settings: Settings, words: Words, change: Change): Field {
  switch (parameter.kind) {
    case 'type':
      return createTypeField(settings, words, change);
    case 'integer':
    case 'decimal':
      return createNumberField(parameter, words, change);
    case 'word':
      return createWordField(parameter, words, change);
    case 'position':
      return createPositionField(parameter, words, change);
  }
}

function createTypeField(settings: Settings, words: Words, change: Change): Field {
  const names = Object.keys(settings.types ?? {});
  const attributes = { id: 't', 'aria-describedby': 't-doc' };
  const control =
    settings.types === undefined
      ? create('input', { type: 'text' }, { ...attributes, list: 't-list', placeholder: words.asIs })
      : create('select', {}, attributes, [
          new Option(words.asIs, ''),
          ...names.map((name) => new Option(name, name)),
        ]);
  control.addEventListener('input', () => change(control.value));
  const list = create('datalist', { id: 't-list' }, {}, [new Option('A')]);
  return {
    element: labelled('t', words, [control, list]),
    show: (value) => {
      // An unknown type is allowed too: it is answered with the original.
      if (control instanceof HTMLSelectElement && value !== '' && !names.includes(value)) {
        if (![...control.options].some((option) => option.value === value))
          control.add(new Option(value, value));
      }
      set(control, value);
    },
  };
}

/** Text, so that whatever is written reaches the edge and is refused there, and a slider. */
function createNumberField(
  parameter: IntegerParameter | DecimalParameter,
  words: Words,
  change: Change,
): Field {
  const { name, min, max } = parameter;
  const text = create(
    'input',
    { id: name, type: 'text', inputMode: parameter.kind === 'integer' ? 'numeric' : 'decimal' },
    { 'aria-describedby': `${name}-doc`, autocomplete: 'off' },
  );
  const slider = create(
    'input',
    { type: 'range', min: String(min), max: String(max), step: parameter.kind === 'integer' ? '1' : '0.25' },
    { 'aria-label': `${name}, ${words.slider}` },
  );
  text.addEventListener('input', () => change(text.value.trim()));
  slider.addEventListener('input', () => change(slider.value));
  return {
    element: labelled(name, words, [create('div', { className: 'number' }, {}, [slider, text])]),
    show: (value, preset) => {
      set(text, value);
      text.placeholder = preset || words.default;
      set(slider, value || preset || String(min));
      slider.classList.toggle('unset', value === '');
    },
  };
}

function createWordField(parameter: WordParameter, words: Words, change: Change): Field {
  const radios = ['', ...parameter.words].map((word) =>
    createRadio(parameter.name, word, word || words.default, () => change(word)),
  );
  return {
    element: grouped(parameter.name, words, [
      create(
        'div',
        { className: 'segments' },
        {},
        radios.map(({ element }) => element),
      ),
    ]),
    show: (value) => {
      for (const radio of radios) radio.input.checked = radio.input.value === value.toLowerCase();
    },
  };
}

/** Sides and corners where they are on a picture; beside them the other words and the point. */
function createPositionField(parameter: PositionParameter, words: Words, change: Change): Field {
  const { name } = parameter;
  const radio = (word: string, label: string) => createRadio(name, word, label, () => change(word));
  const sides = parameter.words
    .filter((word) => pointOf(word) !== undefined)
    .map((word) => radio(word, word));
  const others = ['', ...parameter.words.filter((word) => pointOf(word) === undefined)].map((word) =>
    radio(word, word || words.default),
  );
  for (const { element, input } of sides) element.dataset.side = input.value;
  const point = createRadio(name, 'point', words.point, () => change('0.5,0.5'));
  const x = createCoordinate('x', words);
  const y = createCoordinate('y', words);
  for (const input of [x, y]) input.addEventListener('input', () => change(`${x.value},${y.value}`));
  const radios = [...sides, ...others];
  return {
    element: grouped(name, words, [
      create('div', { className: 'position' }, {}, [
        create(
          'div',
          { className: 'compass' },
          {},
          sides.map(({ element }) => element),
        ),
        create(
          'div',
          { className: 'segments' },
          {},
          others.map(({ element }) => element),
        ),
        create('div', { className: 'point' }, {}, [point.element, x, y]),
      ]),
    ]),
    show: (value) => {
      for (const { input } of radios) input.checked = input.value === value.toLowerCase();
      const isPoint = value.includes(',');
      point.input.checked = isPoint;
      const [left = '', top = ''] = isPoint ? value.split(',') : [];
      set(x, left);
      set(y, top);
    },
  };
}

function createCoordinate(axis: string, words: Words): HTMLInputElement {
  return create(
    'input',
    { type: 'text', inputMode: 'decimal', placeholder: axis },
    { 'aria-label': `${words.focalPoint} ${axis}`, autocomplete: 'off' },
  );
}

function createRadio(name: string, value: string, label: string, onPick: () => void) {
  const input = create('input', { type: 'radio', name, value });
  input.addEventListener('change', onPick);
  return {
    input,
    element: create('label', { title: label }, {}, [input, create('span', { textContent: label })]),
  };
}

function labelled(name: ParameterName, words: Words, children: readonly Node[]): HTMLElement {
  return create('div', { className: 'field' }, {}, [
    create('label', { htmlFor: name, className: 'name', textContent: name }),
    ...children,
    doc(name, words),
  ]);
}

function grouped(name: ParameterName, words: Words, children: readonly Node[]): HTMLElement {
  return create('fieldset', { className: 'field' }, { 'aria-describedby': `${name}-doc` }, [
    create('legend', { className: 'name', textContent: name }),
    ...children,
    doc(name, words),
  ]);
}

function doc(name: ParameterName, words: Words): HTMLElement {
  return create('p', { id: `${name}-doc`, className: 'note', textContent: words.docs[name] });
}

/** Writing what is there already would move the cursor. */
function set(control: HTMLInputElement | HTMLSelectElement, value: string): void {
  if (control.value.trim() !== value) control.value = value;
}
