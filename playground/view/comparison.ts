import type { Rectangle, Size } from '../model/placement';
import { find } from './elements/dom';
import { put } from './marks/focal-point';

/** Original and variant on top of each other, divided by a slider or as their difference, at any scale. */
export interface Comparison {
  /** @param original where it lies under the variant, in fractions; undefined where nobody can tell */
  show(variant: Size, original: Rectangle | undefined): void;
  /** Where there is nothing to show. */
  hide(): void;
}

/** @param onView gets the part of the variant that is in view, in fractions; undefined while all of it is */
export function createComparison(onView: (part: Rectangle | undefined) => void): Comparison {
  const area = find('comparison', HTMLDivElement);
  const viewport = find('viewport', HTMLElement);
  const slider = find('split', HTMLInputElement);
  const tools = find('tools', HTMLFormElement);
  let variant: Size | undefined;

  const chosen = (name: string) => new FormData(tools).get(name);
  const isFit = () => chosen('zoom') === 'fit';
  const split = () => {
    const { left, width } = seenOf(area, viewport);
    area.style.setProperty('--split', `${(left + (width * Number(slider.value)) / 100) * 100}%`);
  };
  const describe = () => {
    split();
    const seen = seenOf(area, viewport);
    const isWhole = seen.width > 0.995 && seen.height > 0.995;
    onView(isWhole || variant === undefined ? undefined : seen);
    viewport.classList.toggle('pannable', !isWhole);
    viewport.tabIndex = isWhole ? -1 : 0;
    const scale = variant && (area.offsetWidth * devicePixelRatio) / variant.width;
    find('scale', HTMLOutputElement).textContent = scale ? `${Math.round(scale * 100)} %` : '';
  };
  const apply = () => {
    // In a page that is scaled up already, 100 % is a pixel of the screen for each of the picture.
    area.style.setProperty('--zoom', isFit() ? '' : String(Number(chosen('zoom')) / devicePixelRatio));
    area.classList.toggle('zoomed', !isFit());
    area.classList.toggle('difference', chosen('mode') === 'difference');
    describe();
  };
  slider.addEventListener('input', split);
  tools.addEventListener('change', () => {
    apply();
    if (isFit()) return;
    viewport.scrollTo({
      left: (area.offsetWidth - viewport.clientWidth) / 2,
      top: (area.offsetHeight - viewport.clientHeight) / 2,
    });
  });
  viewport.addEventListener('scroll', describe, { passive: true });
  new ResizeObserver(describe).observe(viewport);
  acceptDrags(area, viewport, slider, split, isFit);
  apply();

  return {
    show: (size, original) => {
      variant = size;
      takeSize(area, size);
      area.hidden = false;
      area.classList.toggle('alone', original === undefined);
      slider.disabled = original === undefined;
      find('modes', HTMLFieldSetElement).disabled = original === undefined;
      if (original) put(find('reference', HTMLImageElement), original);
      apply();
    },
    hide: () => {
      variant = undefined;
      area.hidden = true;
      slider.disabled = true;
      describe();
    },
  };
}

/** How far a finger may slip before it moves the divider, in the page's pixels. */
const SLIP = 6;

/** A mouse drags the divider, or the picture where it is larger than its frame; a finger scrolls the page. */
function acceptDrags(
  area: HTMLElement,
  viewport: HTMLElement,
  slider: HTMLInputElement,
  split: () => void,
  isFit: () => boolean,
): void {
  const divide = (event: PointerEvent) => {
    const frame = viewport.getBoundingClientRect();
    const { left, right } = area.getBoundingClientRect();
    const from = Math.max(frame.left, left);
    const width = Math.min(frame.right, right) - from;
    slider.value = String(Math.round(((event.clientX - from) / width) * 100));
    split();
  };
  const isDividing = (event: PointerEvent) => isFit() || event.target === find('divider', HTMLDivElement);
  let divides = false;
  let start = { x: 0, y: 0 };
  area.addEventListener('pointerdown', (event) => {
    divides = isDividing(event) && !slider.disabled;
    start = { x: event.clientX, y: event.clientY };
    // A finger that is about to scroll the page must not move anything.
    if (event.pointerType === 'touch' || event.button !== 0) return;
    area.setPointerCapture(event.pointerId);
    if (divides) divide(event);
  });
  area.addEventListener('pointermove', (event) => {
    const isDown = event.pointerType === 'touch' || area.hasPointerCapture(event.pointerId);
    if (!isDown || event.buttons === 0) return;
    // Until it is clear that a finger moves across, the browser may still scroll the page.
    const [across, down] = [Math.abs(event.clientX - start.x), Math.abs(event.clientY - start.y)];
    if (event.pointerType === 'touch' && across <= down + SLIP) return;
    if (divides) divide(event);
    else if (event.pointerType !== 'touch') viewport.scrollBy(-event.movementX, -event.movementY);
  });
  area.addEventListener('click', (event) => {
    if (divides && event instanceof PointerEvent && event.pointerType === 'touch') divide(event);
  });
}

/** The part of an element that its frame shows, in fractions of the element. */
function seenOf(area: HTMLElement, frame: HTMLElement): Rectangle {
  const inner = area.getBoundingClientRect();
  const outer = frame.getBoundingClientRect();
  if (inner.width === 0 || inner.height === 0) return { left: 0, top: 0, width: 1, height: 1 };
  const along = (from: number, length: number, frameFrom: number, frameLength: number) => {
    const start = Math.max(0, frameFrom - from);
    return [start / length, (Math.min(length, frameFrom + frameLength - from) - start) / length] as const;
  };
  const [left, width] = along(inner.left, inner.width, outer.left, frame.clientWidth);
  const [top, height] = along(inner.top, inner.height, outer.top, frame.clientHeight);
  return { left, top, width, height };
}

/** Gives an area a picture's ratio and, where there is room, its size. */
export function takeSize(area: HTMLElement, { width, height }: Size): void {
  area.style.setProperty('--width', String(width));
  area.style.setProperty('--height', String(height));
}
