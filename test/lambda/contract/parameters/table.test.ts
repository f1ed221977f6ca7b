import { FORWARDED, PARAMETERS } from '../../../../lambda/contract/parameters/table';

test('every parameter is forwarded, and CloudFront takes no more than ten', () => {
  expect(FORWARDED).toEqual([...PARAMETERS.map((parameter) => parameter.name), 'v']);
  expect(FORWARDED.length).toBeLessThanOrEqual(10);
});
