import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './function-sources';
import { buildFunctions } from './functions';
import { buildLibrary } from './library';

rmSync(join(PROJECT, 'dist'), { recursive: true, force: true });
buildFunctions();
buildLibrary();
