import type { Choice } from '../model/choice';
import type { Answer } from '../model/edge/answer';
import { bytes } from '../model/figures';
import {
  across,
  LOSSY,
  type Plot,
  pointsOf,
  QUALITIES,
  roundAbove,
  type Sample,
  up,
} from '../model/quality-curve';
import { filled, type Words } from '../model/words/words';
import { find, setText } from './elements/dom';

/** Bytes over quality for each lossy format, from real renders. */
export interface QualityChart {
  /** Stops drawing, and forgets the curves where they are of another crop. */
  stop(isSameCrop: boolean): void;
  /** @param current the point that is chosen */
  describe(words: Words, language: string, current: Current): void;
}

interface Current {
  readonly format: string;
  readonly quality: string;
}

type Curve = readonly [format: string, samples: readonly Sample[]];

/** How points are named, and what choosing one does. */
interface Pen {
  readonly words: Words;
  readonly language: string;
  readonly current: Current;
  readonly onPick: (format: string, quality: number) => void;
}

export interface QualityChartOptions {
  /** The choice whose crop is drawn; undefined where nothing is cropped. */
  readonly choice: () => Choice | undefined;
  readonly ask: (choice: Choice, signal: AbortSignal) => Promise<Answer>;
  readonly onPick: (format: string, quality: number) => void;
}

const SVG = 'http://www.w3.org/2000/svg';
const SPACE = { width: 560, height: 160 };
const TOTAL = LOSSY.length * QUALITIES.length;

export function createQualityChart({ choice, ask, onPick }: QualityChartOptions): QualityChart {
  const chart = find('curve', SVGSVGElement);
  const button = find('draw', HTMLButtonElement);
  let curves: readonly Curve[] = [];
  let drawing: AbortController | undefined;
  let pen: Pen | undefined;

  const describe = () => {
    if (!pen) return;
    const done = curves.reduce((sum, [, samples]) => sum + samples.length, 0);
    setText(
      find('curve-status', HTMLOutputElement),
      drawing ? filled(pen.words.drawing, { done: String(done), total: String(TOTAL) }) : '',
    );
    chart.toggleAttribute('hidden', done === 0);
    find('curve-title', SVGTitleElement).textContent = pen.words.curve;
    draw(find('curve-plot', SVGGElement), curves, pen);
  };
  const stop = (isSameCrop: boolean) => {
    drawing?.abort();
    drawing = undefined;
    if (!isSameCrop) curves = [];
    describe();
  };
  button.addEventListener('click', async () => {
    const drawn = choice();
    if (!drawn) return;
    stop(false);
    drawing = new AbortController();
    const { signal } = drawing;
    try {
      for (const format of LOSSY) {
        for (const quality of QUALITIES) {
          const values = { ...drawn.values, format, quality: String(quality) };
          const answer = await ask({ ...drawn, values }, signal);
          signal.throwIfAborted();
          // A fallback on the original is no point of a curve.
          const isRender = answer.status === 200 && answer.cropStatus.startsWith('rendered');
          curves = isRender ? withSample(curves, format, { quality, bytes: answer.body.size }) : curves;
          describe();
        }
      }
    } catch (error) {
      if (!signal.aborted) curves = [];
      if (!signal.aborted && !(error instanceof TypeError)) throw error;
    } finally {
      if (drawing?.signal === signal) drawing = undefined;
      describe();
    }
  });

  return {
    stop,
    describe: (words, language, current) => {
      pen = { words, language, current, onPick };
      describe();
    },
  };
}

function withSample(curves: readonly Curve[], format: string, sample: Sample): readonly Curve[] {
  const known = curves.find(([name]) => name === format)?.[1] ?? [];
  return [...curves.filter(([name]) => name !== format), [format, [...known, sample]]];
}

/** Axes, a line for each format, and points that can be chosen with mouse and keyboard. */
function draw(plotElement: SVGGElement, curves: readonly Curve[], pen: Pen): void {
  const most = roundAbove(
    Math.max(1, ...curves.flatMap(([, samples]) => samples.map((sample) => sample.bytes))),
  );
  const plot: Plot = { ...SPACE, most };
  const lines = [0, 0.5, 1].map((share) => {
    const y = up(most * share, plot);
    return shape('g', { class: 'axis' }, [
      shape('line', { x1: 0, x2: plot.width, y1: y, y2: y }),
      shape('text', { x: -8, y: y + 4, 'text-anchor': 'end' }, [bytes(most * share, pen.language)]),
    ]);
  });
  const ticks = QUALITIES.map((quality) =>
    shape('text', { class: 'tick', x: across(quality, plot), y: plot.height + 18 }, [String(quality)]),
  );
  const drawn = curves.map(([format, samples]) => {
    const last = samples.at(-1);
    return shape('g', { color: `var(--${format})` }, [
      shape('polyline', { points: pointsOf(samples, plot) }),
      ...samples.map((sample) => point(format, sample, plot, pen)),
      ...(last
        ? [
            shape(
              'text',
              { class: 'name', x: across(last.quality, plot) + 10, y: up(last.bytes, plot) + 4 },
              [format],
            ),
          ]
        : []),
    ]);
  });
  plotElement.replaceChildren(...lines, ...ticks, ...drawn);
}

function point(format: string, { quality, bytes: count }: Sample, plot: Plot, pen: Pen): SVGElement {
  const { words, language, current, onPick } = pen;
  const isCurrent = current.format === format && current.quality === String(quality);
  const text = `${format}, ${words.quality} ${quality}: ${bytes(count, language)}`;
  const element = shape(
    'circle',
    {
      ...{ cx: across(quality, plot), cy: up(count, plot), r: 5 },
      ...{ role: 'button', tabindex: 0, 'aria-label': text, 'aria-pressed': String(isCurrent) },
    },
    [shape('title', {}, [text])],
  );
  element.addEventListener('click', () => onPick(format, quality));
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onPick(format, quality);
  });
  return element;
}

function shape(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly (Node | string)[] = [],
): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}
