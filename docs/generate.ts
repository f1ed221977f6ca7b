import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withParameterTable } from './parameter-table';

const readme = join(__dirname, '../README.md');
writeFileSync(readme, withParameterTable(readFileSync(readme, 'utf8')));
