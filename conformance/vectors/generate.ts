import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vectors } from './vectors';

for (const [file, content] of Object.entries(vectors())) {
  writeFileSync(join(__dirname, file), `${JSON.stringify(content, null, 2)}\n`);
}
