import type { DecimalParameter, IntegerParameter } from '../../../lambda/contract/parameters/parameter';
import { create, setValue } from '../elements/dom';
import { type Change, type Field, labelled } from './field';

/** A range beyond this is a slider of growing steps: on a plain one a step would be dozens of pixels. */
const LARGE_RANGE = 1000;
const STEPS_EACH_DOUBLING = 16;
/** The smallest size that the slider offers; smaller ones are typed. */
const FIRST_STEP = 16;

/** Text, so that whatever is written reaches the edge and is refused there, and a slider. */
export function createNumberField(parameter: IntegerParameter | DecimalParameter, change: Change): Field {
  const { name, min, max, kind } = parameter;
  const isInteger = kind === 'integer';
  const step = parameter.kind === 'integer' ? (parameter.step ?? 1) : 0.25;
  const steps = isInteger && max - min > LARGE_RANGE ? growingSteps(max) : undefined;
  const text = create(
    'input',
    { type: 'text', inputMode: isInteger ? 'numeric' : 'decimal' },
    { autocomplete: 'off', 'data-placeholder': 'default' },
  );
  const slider = create(
    'input',
    { type: 'range' },
    {
      min: String(steps ? 0 : min),
      max: String(steps ? steps.length - 1 : max),
      step: String(steps ? 1 : step),
      'data-label': `name:${name}`,
    },
  );
  let current = min;
  text.addEventListener('input', () => change(text.value.trim(), true));
  text.addEventListener('keydown', (event) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const next = current + direction * step * (event.shiftKey ? 10 : 1);
    change(String(Math.min(max, Math.max(min, next))));
  });
  slider.addEventListener('input', () => change(String(steps ? steps[Number(slider.value)] : slider.value)));
  return {
    element: labelled(name, text, [slider]),
    show: (value, preset) => {
      setValue(text, value);
      if (preset !== '') text.placeholder = preset;
      const number = Number(value || preset || min);
      if (!Number.isNaN(number)) current = number;
      slider.value = String(steps ? nearest(steps, current) : current);
      slider.setAttribute('aria-valuetext', value || preset || text.placeholder);
      slider.classList.toggle('unset', value === '');
    },
  };
}

/** 16, 17 … 32, 34 … 64, 68 …: the same step of the slider is the same share of the size. */
function growingSteps(max: number): readonly number[] {
  const steps: number[] = [];
  for (let step = FIRST_STEP; step < max; step += 2 ** Math.floor(Math.log2(step / STEPS_EACH_DOUBLING))) {
    steps.push(step);
  }
  return [...steps, max];
}

function nearest(steps: readonly number[], value: number): number {
  const at = steps.findIndex((step) => step >= value);
  return at < 0 ? steps.length - 1 : at;
}
