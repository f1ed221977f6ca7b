import { statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { addressOf } from './pages';

/** Links between Markdown files become links between pages; links to code or to a folder go to the repository. */
export function rewriteLinks(markdown: MarkdownRenderer, repository: string, source: string): void {
  markdown.core.ruler.push('links', (state) => {
    for (const token of state.tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null;
      if (!href || /^[a-z]+:|^#/.test(href)) continue;
      const [path = '', hash] = href.split('#');
      const file = relative(repository, join(dirname(state.env.realPath ?? state.env.path), decodeURI(path)));
      token.attrSet('href', `${target(file, repository, source)}${hash ? `#${hash}` : ''}`);
    }
  });
}

function target(file: string, repository: string, source: string): string {
  // Folders whose name begins with a dot have no pages.
  if (file.endsWith('.md') && !file.startsWith('.')) return addressOf(file);
  const kind = statSync(join(repository, file), { throwIfNoEntry: false })?.isDirectory() ? 'tree' : 'blob';
  return `${source}/${kind}/main/${file}`;
}
