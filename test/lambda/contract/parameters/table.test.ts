import { ALIASES, nameOf, PARAMETERS, parameterOf } from '../../../../lambda/contract/parameters/table';

test.each(PARAMETERS)('$name is found by its name', (parameter) => {
  expect(parameterOf(parameter.name)).toBe(parameter);
});

test.each([
  ['width', 'w'],
  ['height', 'h'],
  ['w', 'w'],
  ['Width', 'Width'],
  ['constructor', 'constructor'],
])('the name of %s is %s', (said, name) => {
  expect(nameOf(said)).toBe(name);
});

test('an alias is of a parameter, and is none itself', () => {
  for (const alias of ALIASES) {
    expect(parameterOf(nameOf(alias))?.name).toBe(nameOf(alias));
    expect(parameterOf(alias)).toBeUndefined();
  }
});

test.each(['', 'x', 'W', 'constructor', '__proto__', 'toString'])('%j is no parameter', (name) => {
  expect(parameterOf(name)).toBeUndefined();
});
