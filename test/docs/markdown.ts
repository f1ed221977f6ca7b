import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PROJECT = join(__dirname, '../..');

/** A document of the project. */
export interface Document {
  /** From the root of the repository. */
  readonly file: string;
  readonly text: string;
}

/** What a reader may follow: every README, and what is in docs/. */
export function documents(): readonly Document[] {
  const files = [
    ...readdirSync(PROJECT).filter((name) => name.endsWith('.md')),
    ...['docs', 'docs/ko'].flatMap((folder) =>
      readdirSync(join(PROJECT, folder))
        .filter((name) => name.endsWith('.md'))
        .map((name) => `${folder}/${name}`),
    ),
    ...readdirSync(PROJECT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !['docs', 'node_modules'].includes(entry.name))
      .map(({ name }) => `${name}/README.md`)
      .filter((file) => existsSync(join(PROJECT, file))),
  ];
  return files.map((file) => ({ file, text: readFileSync(join(PROJECT, file), 'utf8') }));
}

/** Languages of a fence in which every line is a command. */
const SHELLS = ['sh', 'bash', 'shell', 'console'];
/** What starts a command where no fence says so. */
const PROGRAM =
  /^(?:[A-Z_]+=\S+ )*(?:npm|npx|node|aws|docker|curl|git|bash|redis-server|redis-cli|openssl|jq|cat|export|cd)\b/;

/** The commands of a document, each as it is written but for its comment. */
export function commandsOf({ text }: Document): readonly string[] {
  const commands: string[] = [];
  let fence: string | undefined;
  // A command that a backslash continues is one command.
  for (const line of text.replace(/\\\n\s*/g, '').split('\n')) {
    const mark = /^\s*```(\w*)/.exec(line);
    if (mark) {
      fence = fence === undefined ? mark[1] : undefined;
      continue;
    }
    const isCode = fence !== undefined || /^ {4}\S/.test(line);
    const command = line.trim().replace(/(^|\s+)# .*$/, '');
    if (!isCode || command === '') continue;
    if ((fence !== undefined && SHELLS.includes(fence)) || (!fence && PROGRAM.test(command)))
      commands.push(command);
  }
  return commands;
}

/** What stands between backticks in the text. */
export function inlineCode({ text }: Document): readonly string[] {
  return [...text.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

/** A document's fenced code, by what stands behind the opening fence. */
export function codeBlocks(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/^```(\S.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', code = '']) => [info, code]),
  );
}

export function codeBlock(blocks: ReadonlyMap<string, string>, info: string): string {
  const code = blocks.get(info);
  if (code === undefined) throw new Error(`got no code "${info}", there is ${[...blocks.keys()].join(', ')}`);
  return code;
}

/** Links to files of the project that lead nowhere. */
export function brokenLinks({ file, text }: Document): readonly string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? join(PROJECT, file) : join(PROJECT, dirname(file), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchors(readFileSync(target, 'utf8')).includes(anchor);
  });
}

/** As GitHub makes them of headings. */
function anchors(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replace(/ /g, '-'),
  );
}
