import type { MarkdownRenderer } from 'vitepress';

/** Code that is indented looks and scrolls like code between fences, which alone VitePress styles. */
export function fenceCode(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('fences', (state) => {
    for (const token of state.tokens) {
      if (token.type !== 'code_block') continue;
      token.type = 'fence';
      token.info = 'text';
    }
  });
}
