const cable = (x0: number, x1: number, top: number, sag: number, x: number): number => {
  const t = ((x - x0) / (x1 - x0)) * 2 - 1;
  return top + sag * (1 - t * t);
};

const PIERS = [-330, 330, 990] as const;

/** A lit suspension bridge and the quay beside it, as SVG: iron to stamp, lights to shine. */
export const bridge = (): { readonly iron: string; readonly lights: string } => {
  const hangers: string[] = [];
  const lights: string[] = [];
  for (let x = 0; x < 1180; x += 16) {
    const from = x < PIERS[1] ? PIERS[0] : x < PIERS[2] ? PIERS[1] : PIERS[2];
    const y = cable(from, from + 660, 470, 158, x);
    if (y > 646) continue;
    hangers.push(`M${x} ${y.toFixed(1)}V650`);
    if (x % 32 === 0) lights.push(`<circle cx="${x}" cy="${y.toFixed(1)}" r="2.3"/>`);
  }
  const arcs = `M-330 470Q0 786 330 470Q660 786 990 470Q1120 650 1210 652`;
  const piers = [330, 990]
    .map(
      (x) => `<path d="M${x - 15} 700L${x - 9} 462h6L${x - 5} 700zM${x + 15} 700L${x + 9} 462h-6L${x + 5} 700z
      M${x - 12} 500h24v9h-24zM${x - 13} 560h26v9h-26zM${x - 13} 610h26v8h-26z"/>`,
    )
    .join('');
  const quay = Array.from(
    { length: 134 },
    (_, i) => `<circle cx="${i * 24 + 7}" cy="${682 - (i % 2)}" r="1.7"/>`,
  ).join('');
  const deck = Array.from({ length: 44 }, (_, i) => `<circle cx="${i * 28}" cy="641" r="1.9"/>`).join('');
  return {
    iron: `<g fill="#17142a"><path d="M0 690V684Q400 680 800 683T1600 682T2400 684T3200 682V690Z"/><rect x="-10" y="646" width="1240" height="10"/>${piers}</g>
      <path d="${arcs}" fill="none" stroke="#17142a" stroke-width="5"/>
      <path d="${hangers.join('')}" stroke="#17142a" stroke-width="1.4"/>`,
    lights: `<g fill="#ffe2ae">${lights.join('')}</g><g fill="#ffb066">${deck}${quay}</g>
      <circle cx="330" cy="458" r="3.6" fill="#ff4a3a"/><circle cx="990" cy="458" r="3.6" fill="#ff4a3a"/>`,
  };
};
