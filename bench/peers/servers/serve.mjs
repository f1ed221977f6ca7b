// What every server of the comparison is: node:http around one function, and an account of what it cost.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/**
 * Answers GET /<format>/<width>x<height>, tells the parent the port, and on any message what was used so far.
 * @param render gets { format, width, height }, gives bytes
 * @param cpuMicroseconds where the work is not this process's own
 */
export function serve(render, cpuMicroseconds = ownCpu) {
  const server = createServer(async (request, response) => {
    const [, format, width, height] = /^\/(\w+)\/(\d+)x(\d+)/.exec(request.url);
    try {
      const bytes = await render({ format, width: Number(width), height: Number(height) });
      response
        .writeHead(200, { 'content-type': `image/${format}`, 'content-length': bytes.length })
        .end(bytes);
    } catch (error) {
      response.writeHead(500).end(String(error?.stack ?? error));
    }
  });
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  process.on('message', () => process.send({ cpu: cpuMicroseconds(), peak: peakKilobytes() }));
  process.on('disconnect', () => process.exit());
}

function ownCpu() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** getrusage would count what the parent had in memory when it forked. */
export function peakKilobytes() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
}
