import { posix } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import { addressOf } from './pages';

/** The sidebar is the map of the documents: a group for each heading, an entry for each item of its list. */
export function sidebarOf(map: string, path: string): DefaultTheme.SidebarItem[] {
  const groups: { text: string; items: { text: string; link: string }[] }[] = [];
  for (const line of map.split('\n')) {
    const heading = /^## (.+)$/.exec(line)?.[1];
    if (heading) groups.push({ text: heading, items: [] });
    const [, text, link] = /^- \[([^\]]+)\]\(([^)]+)\)/.exec(line) ?? [];
    if (!text || !link) continue;
    groups.at(-1)?.items.push({ text, link: addressOf(posix.join(posix.dirname(path), link)) });
  }
  return groups;
}
