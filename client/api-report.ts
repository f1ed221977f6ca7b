import { join } from 'node:path';
import {
  CompilerState,
  ConsoleMessageId,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
} from '@microsoft/api-extractor';

/** One entry of the package. */
export interface ApiEntry {
  /** Name of the entry's files. */
  readonly name: string;
  /** Its declarations, as `tsc` wrote them. */
  readonly declarations: string;
}

export interface ReportOptions {
  /** Folder where the declarations of each entry go, as one file `NAME.d.ts`. */
  readonly directory: string;
  /** Whether a report that differs is written anew; else it is an error. */
  readonly update: boolean;
}

/**
 * Writes the declarations of each entry as one file, and compares its public face with the report under
 * version control, so that each change of it is seen in review.
 *
 * @throws Error where a report is not current
 */
export function reportApi(entries: readonly ApiEntry[], { directory, update }: ReportOptions): void {
  const files = entries.map(({ declarations }) => declarations);
  const configs = entries.map((entry) => configure(entry, files, directory));
  const [first] = configs;
  if (first === undefined) return;
  // One program for all entries: to make it takes longer than all the rest.
  const compilerState = CompilerState.create(first, { additionalEntryPoints: files });
  for (const config of configs) {
    const { succeeded } = Extractor.invoke(config, {
      compilerState,
      localBuild: update,
      messageCallback: muteVersion,
    });
    if (succeeded) continue;
    throw new Error(
      `client/api/${config.reportFilePath.split('/').pop()}: the public face has changed; npm run build -w @edgecrop/client writes it`,
    );
  }
}

function configure(
  { name, declarations }: ApiEntry,
  files: readonly string[],
  directory: string,
): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: __dirname,
      mainEntryPointFilePath: declarations,
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            lib: ['es2020'],
            module: 'esnext',
            moduleResolution: 'bundler',
            strict: true,
            types: [],
          },
          files,
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: join(__dirname, 'api'),
        reportTempFolder: join(directory, '.api'),
        includeForgottenExports: true,
      },
      dtsRollup: { enabled: true, untrimmedFilePath: join(directory, `${name}.d.ts`) },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        // No tag at each export says that it is public: all of them are.
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(__dirname, 'package.json'),
  });
}

/** Each call says which TypeScript reads the declarations, which is no news. */
function muteVersion(message: ExtractorMessage): void {
  if (message.messageId === ConsoleMessageId.Preamble) message.handled = true;
}
