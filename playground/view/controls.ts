import type { Parameter, ParameterName } from '../../lambda/contract/parameters/parameter';
import { PARAMETERS } from '../../lambda/contract/parameters/table';
import { NO_VALUES, type Values } from '../model/choice';
import { isLocked, type Settings, typeOf } from '../model/settings';
import { find } from './elements/dom';
import type { Change, Field } from './fields/field';
import { createNumberField } from './fields/number-field';
import { createPositionField } from './fields/position-field';
import { createTextField } from './fields/text-field';
import { createTypeField } from './fields/type-field';
import { createWordField } from './fields/word-field';

/** A control for each parameter, built from the table. */
export interface Controls {
  show(values: Values): void;
  /** Marks the parameter that the edge has refused, and no other. */
  refuse(name: string | undefined): void;
}

export function createControls(
  settings: Settings,
  onChange: (name: ParameterName, value: string, isTyped: boolean) => void,
): Controls {
  const fields = PARAMETERS.map((parameter) => ({
    name: parameter.name,
    field: createField(parameter, settings, (value, isTyped = false) =>
      onChange(parameter.name, value, isTyped),
    ),
  }));
  find('fields', HTMLDivElement).replaceChildren(...fields.map(({ field }) => field.element));
  return {
    show: (values) => {
      const presets = { ...NO_VALUES, quality: settings.quality, dpr: 1, ...typeOf(settings, values.t) };
      for (const { name, field } of fields) {
        field.show(values[name], String(presets[name]));
        // What was written before the type was chosen can still be taken back.
        const isShut = isLocked(name, values.t, settings) && values[name] === '';
        field.element.classList.toggle('locked', isShut);
        for (const input of field.element.querySelectorAll('input')) input.disabled = isShut;
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

function createField(parameter: Parameter, settings: Settings, change: Change): Field {
  switch (parameter.kind) {
    case 'type':
      return createTypeField(settings, change);
    case 'integer':
    case 'decimal':
      return createNumberField(parameter, change);
    case 'word':
    case 'flag':
      return createWordField(parameter, change);
    case 'position':
      return createPositionField(parameter, change);
    default:
      return createTextField(parameter.name, change);
  }
}
