// One cold start: loads a bundle, has it answer one crop, prints the milliseconds it took.
import { pathToFileURL } from 'node:url';

const started = performance.now();
const { handler } = await import(pathToFileURL(process.argv[2]).href);
const event = {
  Records: [
    {
      cf: {
        request: {
          method: 'GET',
          uri: '/a.jpg',
          querystring: 't=A&w=320&h=240&format=webp',
          headers: {},
          origin: { s3: { domainName: 'b.s3.us-east-1.amazonaws.com', path: '', region: 'us-east-1' } },
        },
        response: { status: '200', statusDescription: 'OK', headers: { etag: [{ value: '"x"' }] } },
      },
    },
  ],
};
const { body } = await handler(event, { getRemainingTimeInMillis: () => 30_000 });
if (!body) throw new Error('no variant');
console.log(performance.now() - started);
process.exit();
