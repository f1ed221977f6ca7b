import { parseByteRanges } from '../../../edge/http/byte-ranges';

test.each([
  ['bytes=2-4', [{ start: 2, end: 4 }]],
  ['bytes=-3', [{ start: 7, end: 9 }]],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=5-1', 'ignored'],
  ['bytes=0-1, 5-1', 'ignored'],
  ['bytes=x', 'ignored'],
  ['lines=1-2', 'ignored'],
] as const)('%s of ten bytes', (header, expected) => {
  const ranges = parseByteRanges(10, header);
  expect(typeof ranges === 'string' ? ranges : ranges.map(({ start, end }) => ({ start, end }))).toEqual(
    expected,
  );
});
