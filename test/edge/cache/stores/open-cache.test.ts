import { openCache } from '../../../../edge/cache/stores/open-cache';

const silent = { namespace: 'test', warn: () => {}, info: () => {} };

test.each(['memory:0mb', 'memory:lots', 'redis:', 'disk:/tmp', 'secret'])(
  'a cache that is none is refused, without repeating it: %s',
  async (word) => {
    await expect(openCache(word, silent)).rejects.toThrow(
      /^--cache: got neither a memory size nor a Redis URL, allowed: [^\n]+$/,
    );
  },
);
