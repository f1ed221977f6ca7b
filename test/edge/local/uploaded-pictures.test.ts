import { Readable } from 'node:stream';
import { createUploadedPictures } from '../../../edge/local/uploaded-pictures';

test.each([
  [true, 'stored'],
  [false, 'refused'],
])('a HEIC is taken where it is decoded: %s, %s', async (heic, kind) => {
  const uploads = await createUploadedPictures('', heic);
  try {
    const body = Readable.from([Buffer.from('ftypheic')]);
    const added = await uploads.add({ name: 'IMG_1.HEIC', type: 'image/heic', body });
    expect(added.kind).toBe(kind);
    expect(uploads.keys()).toHaveLength(heic ? 1 : 0);
  } finally {
    await uploads.close();
  }
});
