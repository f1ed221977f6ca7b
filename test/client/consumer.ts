import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildClient } from '../../client/build';

const root = join(__dirname, '../..');

/** A project elsewhere that has the built package and React among its own. */
export class Consumer {
  /** Builds the package for a project of its own. */
  static async create(): Promise<Consumer> {
    const consumer = new Consumer();
    // Not at once in `node_modules`, where the declarations would count as another package's.
    const built = join(consumer.directory, 'dist');
    await buildClient(built, { updateReports: false });
    cpSync(built, join(consumer.client, 'dist'), { recursive: true });
    return consumer;
  }

  readonly directory: string = mkdtempSync(join(tmpdir(), 'edgecrop-consumer-'));
  /** The installed package. */
  readonly client: string = join(this.directory, 'node_modules/@edgecrop/client');

  private constructor() {
    for (const file of ['package.json', 'README.md', 'LICENSE']) {
      cpSync(join(root, 'client', file), join(this.client, file));
    }
    for (const name of ['react', 'react-dom', '@types/react']) {
      const link = join(this.directory, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), link);
    }
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.directory, name), text);
  }

  /** Runs a file by Node. */
  run(name: string): string {
    return this.output([name]);
  }

  /** Checks files as a strict project of its own does; what is wrong, or nothing. */
  typeErrors(names: readonly string[], options: object = {}): string {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: 'es2023',
      lib: ['es2023', 'dom'],
      module: 'nodenext',
      jsx: 'react-jsx',
      types: [],
      ...options,
    };
    this.write('tsconfig.json', JSON.stringify({ compilerOptions, files: names }));
    return this.output([join(root, 'node_modules/typescript/bin/tsc'), '--pretty', 'false']);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private output(args: readonly string[]): string {
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: this.directory, encoding: 'utf8' });
    return stdout + stderr;
  }
}
