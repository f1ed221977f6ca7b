// One warm environment under mixed requests: prints its memory in MB after 100 of them and after 1,000.
// Usage: node --expose-gc soak.mjs <index.mjs>, with S3's variables in the environment.
import { pathToFileURL } from 'node:url';

const { handler } = await import(pathToFileURL(process.argv[2]).href);
process.stdout.write = (
  (write) =>
  (text, ...rest) =>
    /^\d/.test(text) && write.call(process.stdout, text, ...rest)
)(process.stdout.write);

const KEYS = ['wide.jpg', 'noise.png', 'moving.gif', 'broken.jpg', 'text.jpg'];
const FORMATS = ['jpeg', 'webp', 'avif', 'png'];
for (let i = 1; i <= 1_000; i++) {
  await handler(
    {
      Records: [
        {
          cf: {
            request: {
              method: 'GET',
              uri: `/${KEYS[i % KEYS.length]}`,
              querystring: `t=A&w=${60 + (i % 97)}&h=${40 + (i % 53)}&format=${FORMATS[i % FORMATS.length]}`,
              headers: {},
              origin: {
                s3: { domainName: 'photos.s3.us-east-1.amazonaws.com', path: '', region: 'us-east-1' },
              },
            },
            response: { status: '200', statusDescription: 'OK', headers: {} },
          },
        },
      ],
    },
    { getRemainingTimeInMillis: () => 30_000 },
  );
  if (i === 100 || i === 1_000) {
    globalThis.gc();
    process.stdout.write(`${Math.round(process.memoryUsage.rss() / 1_048_576)}\n`);
  }
}
