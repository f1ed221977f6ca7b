import { random } from './noise';

type Twig = { readonly x: number; readonly y: number; readonly angle: number; readonly thick: number };

/** A cherry branch that comes in from the corner, forks, and carries clusters of blossom. */
export const branch = (): { readonly wood: string; readonly blossom: string } => {
  const next = random(12);
  const wood: string[] = [];
  const flowers: string[] = [];
  const flower = (x: number, y: number, r: number): void => {
    const tilt = next() * 72;
    const pink = ['#c798ac', '#d9bac6', '#b07f9a', '#e2d3da'][Math.floor(next() * 4)] ?? '#fff';
    const squash = 0.6 + next() * 0.4;
    const petals = [0, 72, 144, 216, 288]
      .map(
        (a) =>
          `<path d="M0 0C${r * 0.6} ${-r * 0.3} ${r * 0.5} ${-r} 0 ${-r * 0.86}C${-r * 0.5} ${-r} ${-r * 0.6} ${-r * 0.3} 0 0Z" transform="rotate(${a})"/>`,
      )
      .join('');
    flowers.push(
      `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${tilt.toFixed(0)}) scale(1 ${squash.toFixed(2)})" fill="${pink}" opacity=".93">${petals}<circle r="${(r * 0.13).toFixed(1)}" fill="#7d3050"/></g>`,
    );
  };
  const grow = (t: Twig, depth: number): void => {
    let { x, y, angle, thick } = t;
    const steps = 5 + Math.floor(next() * 4);
    for (let i = 0; i < steps && thick > 0.8; i++) {
      angle += (next() - 0.5) * 0.5 + (2.75 - angle) * 0.08;
      const length = 17 + thick * 2.2;
      const nx = x + Math.cos(angle) * length;
      const ny = y + Math.sin(angle) * length;
      wood.push(
        `<path d="M${x.toFixed(1)} ${y.toFixed(1)}L${nx.toFixed(1)} ${ny.toFixed(1)}" stroke-width="${thick.toFixed(1)}"/>`,
      );
      if (depth > 0 && next() < 0.5) {
        const side = next() < 0.5 ? -1 : 1;
        grow({ x: nx, y: ny, angle: angle + side * (0.5 + next() * 0.6), thick: thick * 0.58 }, depth - 1);
      }
      const many = thick < 6 ? Math.floor(next() * 4) : next() < 0.25 ? 2 : 0;
      for (let k = 0; k < many; k++)
        flower(nx + (next() - 0.5) * 38, ny + (next() - 0.5) * 38, 7 + next() * 9);
      x = nx;
      y = ny;
      thick *= 0.9;
    }
  };
  grow({ x: 1640, y: 60, angle: 2.95, thick: 19 }, 3);
  grow({ x: 1640, y: 330, angle: 3.3, thick: 10 }, 2);
  for (let i = 0; i < 46; i++) {
    const size = 3 + next() * 5;
    const place = `translate(${(next() * 1500).toFixed(0)} ${(180 + next() * 900).toFixed(0)}) rotate(${(next() * 360).toFixed(0)})`;
    flowers.push(
      `<ellipse rx="${size.toFixed(1)}" ry="${(size * 0.5).toFixed(1)}" fill="#d9b3c3" opacity=".75" transform="${place}"/>`,
    );
  }
  return {
    wood: `<g stroke="#160f17" stroke-linecap="round">${wood.join('')}</g>`,
    blossom: flowers.join(''),
  };
};
