import { SMALLEST } from '../../model/part';
import type { Rectangle } from '../../model/placement';
import { find } from '../elements/dom';
import { put } from './focal-point';

/** The part of the original that is cropped from: drawn with mouse or finger, moved and sized by keys. */
export interface Part {
  /** @param part in fractions of the original; undefined where nobody can tell */
  show(part: Rectangle | undefined, isAllowed: boolean): void;
}

const STEP = 0.02;
const WHOLE: Rectangle = { left: 0, top: 0, width: 1, height: 1 };
const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function createPart(onChange: (part: Rectangle) => void): Part {
  const layer = find('part-layer', HTMLDivElement);
  const box = find('part', HTMLDivElement);
  const whole = find('whole', HTMLButtonElement);
  const marks = find('marks', HTMLFormElement);
  const chooser = find('mark-part', HTMLInputElement);
  let shown = WHOLE;
  let start: { readonly x: number; readonly y: number } | undefined;

  const setMode = () => {
    layer.hidden = !chooser.checked;
    find('focal-hint', HTMLParagraphElement).hidden = chooser.checked;
    find('part-hint', HTMLParagraphElement).hidden = !chooser.checked;
  };
  marks.addEventListener('change', setMode);
  marks.addEventListener('submit', (event) => event.preventDefault());
  whole.addEventListener('click', () => onChange(WHOLE));

  const at = (event: PointerEvent) => {
    const { left, top, width, height } = layer.getBoundingClientRect();
    return { x: within((event.clientX - left) / width), y: within((event.clientY - top) / height) };
  };
  layer.addEventListener('pointerdown', (event) => {
    // The focal point below stays where it is.
    event.stopPropagation();
    if (event.button !== 0) return;
    layer.setPointerCapture(event.pointerId);
    start = at(event);
  });
  layer.addEventListener('pointermove', (event) => {
    event.stopPropagation();
    if (!start) return;
    const end = at(event);
    const part = {
      left: Math.min(start.x, end.x),
      top: Math.min(start.y, end.y),
      width: Math.abs(start.x - end.x),
      height: Math.abs(start.y - end.y),
    };
    if (part.width >= SMALLEST && part.height >= SMALLEST) onChange(part);
  });
  for (const type of ['pointerup', 'pointercancel'] as const)
    layer.addEventListener(type, (event) => {
      event.stopPropagation();
      start = undefined;
    });
  layer.addEventListener('keydown', (event) => {
    // Not the focal point's arrows.
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Delete') return onChange(WHOLE);
    const [x, y] = DIRECTIONS[event.key] ?? [0, 0];
    if ((x === 0 && y === 0) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onChange(event.shiftKey ? sized(shown, x * STEP, y * STEP) : moved(shown, x * STEP, y * STEP));
  });
  setMode();

  return {
    show: (part, isAllowed) => {
      shown = part ?? WHOLE;
      const isWhole = shown.width === 1 && shown.height === 1;
      box.hidden = part === undefined || isWhole;
      whole.hidden = isWhole || !isAllowed;
      put(box, shown);
      chooser.disabled = !isAllowed;
      if (isAllowed || !chooser.checked) return;
      find('mark-point', HTMLInputElement).checked = true;
      setMode();
    },
  };
}

function moved({ left, top, width, height }: Rectangle, x: number, y: number): Rectangle {
  return {
    left: Math.min(Math.max(0, left + x), 1 - width),
    top: Math.min(Math.max(0, top + y), 1 - height),
    ...{ width, height },
  };
}

/** Its right and lower side go along. */
function sized({ left, top, width, height }: Rectangle, x: number, y: number): Rectangle {
  return {
    ...{ left, top },
    width: Math.min(Math.max(SMALLEST, width + x), 1 - left),
    height: Math.min(Math.max(SMALLEST, height + y), 1 - top),
  };
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}
