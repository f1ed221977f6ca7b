import { createLogger } from '../../../edge/operations/logger';

test('the log is JSON, and knows no passwords', () => {
  const lines: string[] = [];
  const logger = createLogger({ write: (line) => lines.push(line) });
  logger.warn('redis://user:p@ss@host:6379/0 and rediss://:secret@host are lost');
  logger.info({ cache: 'redis://:hunter2@host:6379' }, 'ready');
  logger.error(new Error('https://me:secret@proxy/x'));
  const said = lines.map((line) => JSON.parse(line));
  expect(said).toMatchObject([
    { level: 'warn', msg: 'redis://***@host:6379/0 and rediss://***@host are lost' },
    { level: 'info', cache: 'redis://***@host:6379', msg: 'ready' },
    { level: 'error', msg: 'https://***@proxy/x' },
  ]);
  expect(lines.join()).not.toMatch(/secret|hunter2|p@ss/);
});

test('a long line costs as much as it is long', () => {
  const lines: string[] = [];
  const logger = createLogger({ write: (line) => lines.push(line) });
  // A mask that looks for a scheme of any length takes half a minute for this.
  const line = 'a'.repeat(150_000);
  const { user } = process.cpuUsage();
  logger.info(line);
  expect(process.cpuUsage().user - user).toBeLessThan(5_000_000);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: line });
});
