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
