import type { Rectangle, Size } from '../model/placement';
import { find } from './dom';
import { put } from './focal-point';

/** Original and variant on top of each other, and a slider that divides them. */
export interface Comparison {
  /** @param original where it lies under the variant, in fractions; undefined where nobody can tell */
  show(variant: Size, original: Rectangle | undefined): void;
}

export function createComparison(): Comparison {
  const area = find('comparison', HTMLDivElement);
  const slider = find('split', HTMLInputElement);
  const split = () => area.style.setProperty('--split', `${slider.value}%`);
  slider.addEventListener('input', split);
  split();

  const drag = (event: PointerEvent) => {
    const { left, width } = area.getBoundingClientRect();
    slider.value = String(Math.round(((event.clientX - left) / width) * 100));
    split();
  };
  area.addEventListener('pointerdown', (event) => {
    area.setPointerCapture(event.pointerId);
    drag(event);
  });
  area.addEventListener('pointermove', (event) => {
    if (area.hasPointerCapture(event.pointerId)) drag(event);
  });

  return {
    show: (variant, original) => {
      takeSize(area, variant);
      area.classList.toggle('alone', original === undefined);
      slider.disabled = original === undefined;
      if (original) put(find('reference', HTMLImageElement), original);
    },
  };
}

/** Gives an area a picture's ratio and, where there is room, its size. */
export function takeSize(area: HTMLElement, { width, height }: Size): void {
  area.style.setProperty('--width', String(width));
  area.style.setProperty('--height', String(height));
}
