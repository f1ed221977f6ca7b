import { join } from 'node:path';
import {
  ConsoleMessageId,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
  type ExtractorResult,
} from '@microsoft/api-extractor';

export interface ApiReport {
  /** The declarations of one entry, as `tsc` wrote them. */
  readonly declarations: string;
  /** Where the entry's declarations go, in one file. */
  readonly rollUp: string;
  /** The file of the report, within the folder `api`. */
  readonly report: string;
  /** Whether a report that differs is written anew; else it is an error. */
  readonly update: boolean;
}

/**
 * Writes an entry's declarations as one file, and holds its public face against the report under version
 * control, so that each change of it is seen in review.
 *
 * @throws Error where the report is not current, or a declaration is not to be had from the entry
 */
export function reportApi({ declarations, rollUp, report, update }: ApiReport): void {
  const result = extract({ declarations, rollUp, report, update });
  if (result.succeeded) return;
  throw new Error(
    `client/api/${report}: the public face has changed; npm run build -w @edgecrop/client writes it`,
  );
}

function extract({ declarations, rollUp, report, update }: ApiReport): ExtractorResult {
  const config = ExtractorConfig.prepare({
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
          files: [declarations],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: report,
        reportFolder: join(__dirname, 'api'),
        reportTempFolder: join(rollUp, '..', '.api'),
        includeForgottenExports: true,
      },
      dtsRollup: { enabled: true, untrimmedFilePath: rollUp },
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
  return Extractor.invoke(config, { localBuild: update, messageCallback: muteVersion });
}

/** Each call says which TypeScript reads the declarations, which is no news. */
function muteVersion(message: ExtractorMessage): void {
  if (message.messageId === ConsoleMessageId.Preamble) message.handled = true;
}
