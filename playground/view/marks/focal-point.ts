import type { Point, Rectangle } from '../../model/placement';
import { find } from '../elements/dom';

/** The original, on which the focal point is set, and the crop and the part in view are seen. */
export interface FocalPoint {
  /** @param point in fractions of the original; undefined where there is none */
  show(point: Point | undefined): void;
  /** @param part of the original, in fractions; undefined where nobody can tell */
  showCrop(part: Rectangle | undefined): void;
  /** @param part of the original that the enlarged variant shows; undefined where it shows all */
  showView(part: Rectangle | undefined): void;
}

const STEP = 0.02;
const LARGE_STEP = 0.1;
/** How far a finger may slip and still have tapped, in the page's pixels. */
const SLIP = 8;
const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Lets a point be set by mouse, finger and arrow keys. */
export function createFocalPoint(onChange: (point: Point) => void): FocalPoint {
  const area = find('focal', HTMLDivElement);
  const marker = find('marker', HTMLDivElement);
  let point: Point = { x: 0.5, y: 0.5 };

  const move = ({ x, y }: Point) => {
    point = { x: within(x), y: within(y) };
    onChange(point);
  };
  const moveTo = (event: PointerEvent) => {
    const { left, top, width, height } = area.getBoundingClientRect();
    move({ x: (event.clientX - left) / width, y: (event.clientY - top) / height });
  };
  let start: PointerEvent | undefined;
  let isDragging = false;
  area.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    start = event;
    // Beside the marker a finger scrolls the page, and sets the point by a tap.
    isDragging = event.pointerType !== 'touch' || event.target === marker;
    if (!isDragging) return;
    area.setPointerCapture(event.pointerId);
    moveTo(event);
  });
  area.addEventListener('pointermove', (event) => {
    if (isDragging && start?.pointerId === event.pointerId) moveTo(event);
  });
  area.addEventListener('pointerup', (event) => {
    const slip = start && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
    if (event.pointerType === 'touch' && slip !== undefined && slip < SLIP) moveTo(event);
    start = undefined;
  });
  area.addEventListener('pointercancel', () => {
    start = undefined;
  });
  area.addEventListener('keydown', (event) => {
    const direction = DIRECTIONS[event.key];
    if (direction === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    move({ x: point.x + direction.x * step, y: point.y + direction.y * step });
  });

  return {
    show: (shown) => {
      marker.hidden = shown === undefined;
      if (shown === undefined) return;
      point = shown;
      marker.style.left = `${shown.x * 100}%`;
      marker.style.top = `${shown.y * 100}%`;
    },
    showCrop: (part) => putOrHide(find('crop', HTMLDivElement), part),
    showView: (part) => putOrHide(find('view', HTMLDivElement), part),
  };
}

function putOrHide(element: HTMLElement, part: Rectangle | undefined): void {
  element.hidden = part === undefined;
  if (part !== undefined) put(element, part);
}

/** Puts an element where a rectangle is, in fractions of the element's parent. */
export function put(element: HTMLElement, { left, top, width, height }: Rectangle): void {
  element.style.left = `${left * 100}%`;
  element.style.top = `${top * 100}%`;
  element.style.width = `${width * 100}%`;
  element.style.height = `${height * 100}%`;
}

/** Nobody points finer than a hundredth. */
function within(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 100) / 100;
}
