/** One picture of the gallery. */
export interface Example {
  /** A file of `samples/images`. */
  readonly sample: string;
  /** What is asked for, without `t`, `format` and `quality`. */
  readonly query: string;
  readonly about: string;
}

/** A picture for each parameter, so that a reader sees what a table cannot say. */
export const EXAMPLES: readonly Example[] = [
  { sample: 'tower.jpg', query: 'w=160', about: 'one side: the aspect ratio stays' },
  { sample: 'tower.jpg', query: 'w=160&h=160', about: 'a box: filled, and cut around the centre' },
  { sample: 'tower.jpg', query: 'w=160&h=160&position=top', about: 'keeps the top' },
  { sample: 'tower.jpg', query: 'w=160&h=160&position=attention', about: 'keeps what draws attention' },
  { sample: 'tower.jpg', query: 'w=160&h=160&fit=inside', about: 'everything, as large as the box allows' },
  { sample: 'tower.jpg', query: 'w=160&h=160&fit=contain&background=fc0', about: 'everything, padded' },
  { sample: 'skyline.jpg', query: 'w=160&rect=0.5,0.25,0.5,0.5', about: 'cropped from a part' },
  { sample: 'skyline.jpg', query: 'w=160&rotate=180', about: 'rotated' },
  { sample: 'skyline.jpg', query: 'w=160&flip=h', about: 'mirrored' },
  { sample: 'skyline.jpg', query: 'w=160&blur=6', about: 'blurred' },
  {
    sample: 'badge.png',
    query: 'w=160&h=120&fit=contain',
    about: 'a transparent image, padded with transparency',
  },
  { sample: 'badge.png', query: 'w=160&trim=10', about: 'without the border' },
  { sample: 'orbit.gif', query: 'w=120', about: 'an animation' },
  { sample: 'orbit.gif', query: 'w=120&rotate=90&blur=2', about: 'every frame rotated and blurred' },
  { sample: 'orbit.gif', query: 'w=120&animated=false', about: 'its first frame' },
];

/** The file of an example's picture, in `docs/gallery`. */
export function fileOf({ sample, query }: Example): string {
  return `${sample.replace(/\.\w+$/, '')}-${query.replace(/[^\w.]+/g, '-')}.webp`;
}

/** The gallery as Markdown. */
export function galleryTable(): string {
  const rows = EXAMPLES.map((example) => {
    const { sample, query, about } = example;
    return `| ![${about}](gallery/${fileOf(example)}) | \`/${sample}?t=A&${query}\` | ${about} |`;
  });
  return ['| image | URL | what |', '| --- | --- | --- |', ...rows].join('\n');
}
