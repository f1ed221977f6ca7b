import { HEIF_ENC } from '../support/heic';
import { faultsOf } from '../support/kinds/judge';
import { FOREIGN_KINDS, HEIC_KINDS, KINDS } from '../support/kinds/kinds';
import { testWith } from '../support/programs';

describe.each(Object.entries({ ...KINDS, 'other files': FOREIGN_KINDS }))('%s', (_format, kinds) => {
  test.each(kinds)('$name', async (kind) => {
    expect(await faultsOf(kind)).toEqual([]);
  });
});

describe('HEIC, where it is switched on', () => {
  testWith('heif-enc', HEIF_ENC).each(HEIC_KINDS)('$name', async (kind) => {
    expect(await faultsOf(kind, { heic: true })).toEqual([]);
  });
});
