import type { Point } from './geometry';

/** How libvips finds the part of the picture to keep. */
export type Strategy = 'attention' | 'entropy';

const POINTS: Readonly<Record<string, Point>> = {
  centre: { x: 0.5, y: 0.5 },
  north: { x: 0.5, y: 0 },
  northeast: { x: 1, y: 0 },
  east: { x: 1, y: 0.5 },
  southeast: { x: 1, y: 1 },
  south: { x: 0.5, y: 1 },
  southwest: { x: 0, y: 1 },
  west: { x: 0, y: 0.5 },
  northwest: { x: 0, y: 0 },
};

const CENTRE: Point = { x: 0.5, y: 0.5 };

/** The point of a position; a compass point is a point on the border. */
export function pointOf(position: string | undefined): Point {
  if (position === undefined) return CENTRE;
  const [x, y] = position.split(',').map(Number);
  return POINTS[position] ?? (x !== undefined && y !== undefined ? { x, y } : CENTRE);
}

/** The strategy of a position; undefined for a point. */
export function strategyOf(position: string | undefined): Strategy | undefined {
  return position === 'attention' || position === 'entropy' ? position : undefined;
}
