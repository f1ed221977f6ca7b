import { spawnSync } from 'node:child_process';
import { type ServerProcess, startServer } from './server-process';

/** What takes part, by the name in the table. */
export const CONTESTANTS = {
  edgecrop: 'the function as deployed, S3 over loopback, base64 decoded again',
  sharp: 'bare sharp, original in memory, our encoder settings',
  'sharp + fetch': 'bare sharp, original over loopback HTTP, our encoder settings',
  ipx: 'ipx 3.1.1, original in a folder, its own encoder settings',
  'ipx + fetch': 'ipx 3.1.1, original over loopback HTTP, its own encoder settings',
  next: 'the optimizer of Next.js 16.4.6, original in memory, its own encoder settings',
  vipsthumbnail: 'libvips’ command, a process for each picture, libvips’ encoder settings',
} as const;

export type Contestant = keyof typeof CONTESTANTS;

/** Why a contestant cannot take part here. */
export function whyNot(contestant: Contestant): string | undefined {
  if (contestant !== 'vipsthumbnail') return undefined;
  if (process.platform !== 'linux') return 'its CPU time is counted on Linux only';
  return spawnSync('vipsthumbnail', ['--version']).error && 'not installed (Debian: libvips-tools)';
}

export interface Sources {
  readonly bundle: string;
  readonly file: string;
  readonly s3: string;
}

/** @param encoding what ours tells its encoder */
export function start(contestant: Contestant, sources: Sources, encoding: unknown): Promise<ServerProcess> {
  const { bundle, file, s3 } = sources;
  switch (contestant) {
    case 'edgecrop':
      return startServer('ours', [bundle], s3);
    case 'sharp':
      return startServer('sharp', [file, JSON.stringify(encoding)], s3);
    case 'sharp + fetch':
      return startServer('sharp', [`${s3}/a.jpg`, JSON.stringify(encoding)], s3);
    case 'ipx + fetch':
      return startServer('ipx', [`${s3}/a.jpg`], s3);
    default:
      return startServer(contestant, [file], s3);
  }
}
