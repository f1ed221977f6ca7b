import { noise } from '../../../conformance/objects/draw';
import { createHandler } from '../../../lambda/origin-response/handler';
import { createSharpRenderer } from '../../../lambda/origin-response/render/render';
import { originResponseEvent, plainHeaders } from '../../support/events';
import { functionSettings } from '../../support/settings';

const renderer = createSharpRenderer();

test('noise of 4096 × 4096 ends in an answer in every format', async () => {
  const bytes = await noise(4096, 4096).png({ compressionLevel: 0 }).toBuffer();
  for (const format of ['png', 'jpeg', 'webp', 'avif']) {
    const handler = createHandler({
      settings: functionSettings({ limits: { sourceBytes: 100_000_000 } }),
      fetch: async () => ({ kind: 'bytes', bytes }),
      renderer,
      log: () => {},
    });
    const event = originResponseEvent({ querystring: `t=A&format=${format}` });
    // A budget without an end: what is tested is the search, not this machine.
    const response = await handler(event, { getRemainingTimeInMillis: () => 600_000 });
    expect(plainHeaders(response)['crop-status']).toMatch(/^rendered;.*attempts=[1-4]$/);
    expect((response.body ?? '').length).toBeLessThan(1_048_576);
  }
}, 120_000);
