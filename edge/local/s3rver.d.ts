/** The part of the embedded S3 server that the edge uses; the package brings no types. */
declare module '@20minutes/s3rver' {
  import type { IncomingHttpHeaders, Server } from 'node:http';

  export interface Context {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    status: number;
    type: string;
    body: unknown;
  }

  export type Middleware = (context: Context, next: () => Promise<void>) => Promise<void>;

  interface Options {
    readonly address?: string;
    readonly port?: number;
    readonly directory?: string;
    readonly silent?: boolean;
    readonly vhostBuckets?: boolean;
    readonly allowMismatchedSignatures?: boolean;
  }

  export default class S3rver {
    constructor(options: Options);
    readonly middleware: Middleware[];
    readonly httpServer: Server;
    readonly context: { store: unknown };
    store: unknown;
    run(): Promise<{ readonly address: string; readonly port: number }>;
    close(): Promise<void>;
  }
}
