// What answers in S3's place where a benchmark counts our own time only: one file, under every key, after a
// fixed latency. Usage: fork with the file and the milliseconds; sends its port.
const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');

const [, , file, latency = '0'] = process.argv;
const bytes = readFileSync(file);
const server = createServer((_request, response) => {
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': bytes.length, etag: '"x"' });
    response.end(bytes);
  }, Number(latency));
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
