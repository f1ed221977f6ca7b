import { appSchema } from '../lib/configuration/stack-options';
import { configurationTable } from './configuration-table';
import { failureTable } from './failure-table';
import { croppedTable, keptTable, outputTable, refusedTable } from './format-table';
import { galleryTable } from './gallery-table';
import { parameterTable, refusalTable, shortParameterTable } from './parameter-table';
import { withSection } from './section';

/** What is generated, by document and by the name of its place there. */
const SECTIONS: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'README.md': { parameters: shortParameterTable },
  'docs/url-reference.md': { parameters: parameterTable, refusals: refusalTable },
  'docs/failure.md': { reasons: failureTable },
  'docs/formats.md': {
    output: outputTable,
    cropped: croppedTable,
    refused: refusedTable,
    kept: keptTable,
  },
  'docs/gallery.md': { gallery: galleryTable },
  'docs/configuration.md': { configuration: () => configurationTable(appSchema) },
};

/** The documents with generated parts, from the root of the repository. */
export const GENERATED: readonly string[] = Object.keys(SECTIONS);

/** A document with its generated parts as they have to be. */
export function regenerate(file: string, document: string): string {
  return Object.entries(SECTIONS[file] ?? {}).reduce(
    (text, [name, section]) => withSection(text, name, section()),
    document,
  );
}
