import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERATED, regenerate } from './generated';

for (const file of GENERATED) {
  const path = join(__dirname, '..', file);
  writeFileSync(path, regenerate(file, readFileSync(path, 'utf8')));
}
