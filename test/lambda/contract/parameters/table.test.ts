import { PARAMETERS, parameterOf, ROWS } from '../../../../lambda/contract/parameters/table';

test.each(PARAMETERS)('$name is found by its name', (parameter) => {
  expect(parameterOf(parameter.name)).toBe(parameter);
});

test('other names are aliases', () => {
  const aliases = Object.keys(ROWS).filter((name) => ROWS[name]?.name !== name);
  expect(aliases).toEqual(['width', 'height']);
  expect(aliases.map((name) => parameterOf(name)?.name)).toEqual(['w', 'h']);
});

test('every row is a parameter', () => {
  expect(new Set(Object.values(ROWS))).toEqual(new Set(PARAMETERS));
});

test.each(['', 'x', 'W', 'constructor', '__proto__', 'toString'])('%j is no parameter', (name) => {
  expect(parameterOf(name)).toBeUndefined();
});
