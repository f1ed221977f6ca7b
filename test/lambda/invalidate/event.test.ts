import { changedKeys } from '../../../lambda/invalidate/event';

const notification = (...keys: string[]) =>
  JSON.stringify({
    Records: keys.map((key) => ({
      eventName: 'ObjectCreated:Put',
      s3: { bucket: { name: 'b' }, object: { key } },
    })),
  });

test.each([
  ['photos/a.jpg', 'photos/a.jpg'],
  ['two+words.jpg', 'two words.jpg'],
  ['one%2Bone.jpg', 'one+one.jpg'],
  ['%EC%97%AC%EB%A6%84.jpg', '여름.jpg'],
  ['100%25.jpg', '100%.jpg'],
])('%s names %s', (encoded, key) => {
  expect(changedKeys(notification(encoded))).toEqual([key]);
});

test('all of a message', () => {
  expect(changedKeys(notification('a.jpg', 'b.jpg'))).toEqual(['a.jpg', 'b.jpg']);
});

test('the test that S3 sends names nothing', () => {
  expect(changedKeys('{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}')).toEqual([]);
});

test.each(['', '{}', 'null', '{"Records":[{}]}', notification('%E0%A4%A')])(
  '%j is no notification',
  (body) => {
    expect(changedKeys(body)).toBeUndefined();
  },
);
