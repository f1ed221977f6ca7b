import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const MINUTES = 60_000;

/** Frameworks send nothing home from here. */
const QUIET = {
  ASTRO_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
  NUXT_TELEMETRY_DISABLED: '1',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_loglevel: 'error',
  npm_config_update_notifier: 'false',
};

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** A fresh project that somebody else might have, with the packed client installed. */
export class Project {
  readonly folder: string;

  /**
   * @param parent where the project gets its folder
   * @param name of a folder of `projects`, or of an empty project
   */
  constructor(parent: string, name: string) {
    this.folder = join(parent, name);
    const source = join(__dirname, 'projects', name);
    mkdirSync(this.folder);
    if (existsSync(source)) cpSync(source, this.folder, { recursive: true });
    else this.write('package.json', '{ "private": true }');
  }

  /** Installs what its package.json names, and the package. */
  install(tarball: string): void {
    this.succeed('npm', ['install', '--no-package-lock', tarball]);
  }

  /** Runs a command to its end. */
  run(command: string, args: readonly string[]): Ended {
    const { error, status, stdout, stderr } = spawnSync(command, args, {
      cwd: this.folder,
      encoding: 'utf8',
      env: environment(),
      timeout: 5 * MINUTES,
    });
    return { status, output: `${stdout}${stderr}${error?.message ?? ''}` };
  }

  /**
   * Runs a command that has to succeed.
   *
   * @returns what it printed
   */
  succeed(command: string, args: readonly string[]): string {
    const { status, output } = this.run(command, args);
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${output}`);
    return output;
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  /** All files below a folder of the project, as one text. */
  readAll(folder: string): string {
    return readdirSync(join(this.folder, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .join('\n');
  }
}

/** Nuxt, Astro and Angular want a newer Node than this project's oldest: `EDGECROP_NODE24` is one. */
function environment(): NodeJS.ProcessEnv {
  const node = process.env.EDGECROP_NODE24;
  const { NODE_OPTIONS: _ofThisProcess, CI: _plain, ...env } = process.env;
  const path = node === undefined ? env.PATH : `${dirname(node)}${delimiter}${env.PATH}`;
  return { ...env, ...QUIET, PATH: path };
}
