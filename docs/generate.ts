import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawGallery } from './gallery';
import { GENERATED, regenerate } from './generated';

for (const file of GENERATED) {
  const path = join(__dirname, '..', file);
  writeFileSync(path, regenerate(file, readFileSync(path, 'utf8')));
}
void drawGallery(join(__dirname, 'gallery'));
