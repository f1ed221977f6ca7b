import { readAsked } from '../../../lambda/origin-response/classify';
import { functionSettings } from '../../support/settings';

const SETTINGS = functionSettings({ types: { file: { w: 9, download: true } } });

test.each([
  // The viewer-request function has written the query: what is not in it is built in, whatever the type says.
  ['t=file&w=9&v=0123abcd', { t: 'file', w: 9, download: false }],
  ['t=file&w=9&download=true&v=0123abcd', { t: 'file', w: 9, download: true }],
  // It comes straight from a viewer: the type is expanded here.
  ['t=file', { t: 'file', w: 9, download: true }],
  ['t=file&download=false', { t: 'file', w: 9, download: false }],
])('%s', (query, params) => {
  expect(readAsked(query, SETTINGS).params).toMatchObject(params);
});

test.each([
  ['w=9', 'original'],
  ['t=file&w=x', 'bad'],
])('%s is %s', (query, kind) => {
  const { parsed, params } = readAsked(query, SETTINGS);
  expect([parsed.kind, params]).toEqual([kind, undefined]);
});
