/** An app of somebody who uses the construct. */
export interface App {
  readonly name: string;
  /** The folder above it with what is installed. */
  readonly installed: 'newest' | 'newest/classic' | 'lowest' | 'lowest/classic' | 'pnpm';
  /** Apps with the same CDK synthesise the same template. */
  readonly cdk: 'newest' | 'lowest';
  /** What `cdk init` makes first. */
  readonly init?: 'typescript' | 'javascript';
  /** Files of ours, by their place in the app. */
  readonly copied: Readonly<Record<string, string>>;
  /** JSON files. */
  readonly written: Readonly<Record<string, object>>;
  /** As `app` in cdk.json. */
  readonly command: string;
  /** Run afterwards. */
  readonly test?: string;
}

const TYPESCRIPT = { 'app.ts': 'app.ts', 'website.ts': 'website.ts' };
const JAVASCRIPT = { 'app.js': 'app.js', 'website.js': 'website.js' };

/** As `cdk init` made it for years, and without skipping the check of declarations. */
const CLASSIC = {
  compilerOptions: {
    target: 'ES2020',
    module: 'commonjs',
    lib: ['es2020'],
    declaration: true,
    strict: true,
    types: ['node'],
    outDir: 'built',
  },
};

const ES_MODULES = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    skipLibCheck: true,
    types: ['node'],
    outDir: 'built',
  },
};

export const TEMPLATE_OF_TODAY: App = {
  name: 'template of today',
  installed: 'newest',
  cdk: 'newest',
  init: 'typescript',
  copied: { ...TYPESCRIPT, 'test/website.test.ts': 'website.test.ts' },
  written: {},
  command: 'npx tsc && npx tsx app.ts',
  test: 'npx jest test/website.test.ts',
};

/** The first of each CDK is what the others are held against. */
export const APPS: readonly App[] = [
  TEMPLATE_OF_TODAY,
  {
    name: 'ts-node',
    installed: 'newest/classic',
    cdk: 'newest',
    copied: TYPESCRIPT,
    written: { 'tsconfig.json': CLASSIC },
    command: 'npx ts-node --prefer-ts-exts app.ts',
  },
  {
    name: 'tsc then node',
    installed: 'newest/classic',
    cdk: 'newest',
    copied: TYPESCRIPT,
    written: { 'tsconfig.json': CLASSIC },
    command: 'npx tsc && node built/app.js',
  },
  {
    name: 'ES modules',
    installed: 'newest/classic',
    cdk: 'newest',
    copied: { 'app.ts': 'app.mts', 'website.ts': 'website.ts' },
    written: { 'tsconfig.json': ES_MODULES, 'package.json': { type: 'module' } },
    command: 'npx tsc && node built/app.js',
  },
  {
    name: 'JavaScript',
    installed: 'newest',
    cdk: 'newest',
    init: 'javascript',
    copied: JAVASCRIPT,
    written: {},
    command: 'node app.js',
  },
  { name: 'pnpm', installed: 'pnpm', cdk: 'newest', copied: JAVASCRIPT, written: {}, command: 'node app.js' },
  {
    name: 'lowest CDK',
    installed: 'lowest',
    cdk: 'lowest',
    copied: JAVASCRIPT,
    written: {},
    command: 'node app.js',
  },
  {
    name: 'lowest CDK with ts-node',
    installed: 'lowest/classic',
    cdk: 'lowest',
    copied: TYPESCRIPT,
    written: { 'tsconfig.json': CLASSIC },
    command: 'npx ts-node --prefer-ts-exts app.ts',
  },
];
