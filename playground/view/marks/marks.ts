import type { Values } from '../../model/choice';
import { inRegion, onOriginal, partOf, rectOf } from '../../model/part';
import { pointOf, type Rectangle } from '../../model/placement';
import { createFocalPoint } from './focal-point';
import { createPart } from './part';

/** What is set on the original, focal point and part, and what is seen there. */
export interface Marks {
  /** @param isPartFree whether a URL may name the part */
  show(values: Values, isPartFree: boolean): void;
  /** @param part of the original, in fractions; undefined where nobody can tell */
  showCrop(part: Rectangle | undefined): void;
  /** @param part of the original that the enlarged variant shows; undefined where it shows all */
  showView(part: Rectangle | undefined): void;
}

/** Turns places on the original into values, which are of the picture as it is turned and cut before. */
export function createMarks(onChange: (values: Partial<Values>) => void): Marks {
  let shown: Values | undefined;
  const focal = createFocalPoint((point) => {
    if (!shown) return;
    const { x, y } = inRegion(point, shown);
    onChange({ position: `${hundredths(x)},${hundredths(y)}` });
  });
  const part = createPart((drawn) => shown && onChange({ rect: rectOf(drawn, shown) }));
  return {
    show: (values, isPartFree) => {
      shown = values;
      const point = pointOf(values.position.toLowerCase());
      // Only the edge knows where a trimmed picture begins.
      const isKnown = values.trim === '';
      focal.show(isKnown && point ? onOriginal(point, values) : undefined);
      part.show(isKnown ? partOf(values) : undefined, isKnown && isPartFree);
    },
    showCrop: focal.showCrop,
    showView: focal.showView,
  };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
