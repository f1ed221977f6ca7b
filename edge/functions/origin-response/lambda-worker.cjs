// One Lambda instance: a process that runs the function, one request at a time. Plain CommonJS, so that it
// starts alike under tsx, under jest and without either.
const { existsSync, writeSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { Worker, isMainThread, workerData } = require('node:worker_threads');

if (isMainThread) {
  serve(JSON.parse(process.argv[2]));
} else {
  watchMemory(workerData);
}

function serve({ folder, handler, timeoutSeconds, memoryMegabytes, functionName, bodyLimit }) {
  const workerpool = require('workerpool');
  const dot = handler.lastIndexOf('.');
  const [file, name] = [handler.slice(0, dot), handler.slice(dot + 1)];
  let loaded;

  // A second thread watches the memory, since a busy function blocks its own thread.
  new Worker(__filename, { workerData: { memoryMegabytes } }).unref();
  // Output takes the same channel as the result, so that it cannot arrive after it.
  for (const name of ['stdout', 'stderr']) {
    process[name].write = (text, ...rest) => {
      workerpool.workerEmit({ [name]: Buffer.from(text).toString() });
      const written = rest.pop();
      if (typeof written === 'function') process.nextTick(written);
      return true;
    };
  }

  const load = async () => {
    const path = ['.mjs', '.cjs', '.js'].map((type) => join(folder, file + type)).find(existsSync);
    if (!path) throw new Error(`Runtime.ImportModuleError: Cannot find module '${file}'`);
    const found = (await import(pathToFileURL(path).href))[name];
    if (typeof found !== 'function')
      throw new Error(`Runtime.HandlerNotFound: ${handler} is undefined or not exported`);
    return found;
  };

  const invoke = async (event, requestId, original) => {
    try {
      loaded ??= load();
      const run = await loaded;
      const deadline = performance.now() + timeoutSeconds * 1000;
      workerpool.workerEmit({ started: true });
      const result = await run(JSON.parse(event), {
        functionName,
        functionVersion: '1',
        invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}:1`,
        memoryLimitInMB: String(memoryMegabytes),
        awsRequestId: requestId,
        logGroupName: `/aws/lambda/us-east-1.${functionName}`,
        logStreamName: 'edge',
        callbackWaitsForEmptyEventLoop: true,
        getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
        // Lambda never has this.
        ...(original && { original }),
        ...(bodyLimit && { bodyLimit }),
      });
      return encode(result);
    } catch (error) {
      return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };

  workerpool.worker({ invoke });
}

/** A picture goes back as bytes. What is not base64 stays as it is, for the edge to refuse. */
function encode(result) {
  const { body, bodyEncoding } = result ?? {};
  const isBase64 =
    typeof body === 'string' && bodyEncoding === 'base64' && /^[A-Za-z0-9+/]*={0,2}$/.test(body);
  if (!isBase64 || body.length % 4 !== 0) return { result: JSON.stringify(result) ?? 'null' };
  return { result: JSON.stringify({ ...result, body: undefined }), body: Buffer.from(body, 'base64') };
}

function watchMemory({ memoryMegabytes }) {
  const parent = process.ppid;
  setInterval(() => {
    // The edge is gone. A function in a busy loop would not notice.
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
    const used = Math.round(process.memoryUsage.rss() / 1_048_576);
    if (used <= memoryMegabytes) return;
    writeSync(2, `Runtime.OutOfMemory: ${used} MB used, ${memoryMegabytes} MB allowed\n`);
    process.kill(process.pid, 'SIGKILL');
  }, 20);
}
