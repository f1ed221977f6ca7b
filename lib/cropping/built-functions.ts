import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What `npm run build` has noted about the functions it made of `lambda/`. */
export interface BuiltFunctions {
  /** The folder with `origin-response/`, `invalidate/`, `log-groups/` and `viewer-request/`. */
  readonly folder: string;
  /** A hash of the code that draws and of sharp's version: the part of `v` that no setting changes. */
  readonly drawing: string;
  /** Hashes of the contents of the folders that Lambda gets. */
  readonly contents: {
    readonly originResponse: string;
    readonly invalidate: string;
    readonly logGroups: string;
  };
}

/** The file in which a build notes all but the folder. */
export const MANIFEST = 'manifest.json';

/** The built functions of this package, in which this file is either the source or compiled under `dist`. */
export function builtFunctions(): BuiltFunctions {
  const folder = join(packageFolder(__dirname), 'dist', 'functions');
  const manifest = join(folder, MANIFEST);
  if (!existsSync(manifest)) throw new Error(`${folder}: got no built functions; run npm run build`);
  return { ...JSON.parse(readFileSync(manifest, 'utf8')), folder };
}

function packageFolder(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageFolder(dirname(folder));
}
