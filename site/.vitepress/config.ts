import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { fenceCode } from './fences';
import { rewriteLinks } from './links';
import { pageOf } from './pages';
import { sidebarOf } from './sidebar';

// The site is made of the repository's Markdown as it is: a page's address is its path.
const site = join(dirname(fileURLToPath(import.meta.url)), '..');
const repository = join(site, '..');
const SOURCE = 'https://github.com/edgecrop/edgecrop';

const sidebar = (map: string) => sidebarOf(readFileSync(join(repository, map), 'utf8'), map);

export default defineConfig({
  title: 'edgecrop',
  description: 'Crop images at the CloudFront edge',
  // GitHub Pages serves a project under its name; a site with its own domain sets BASE=/.
  base: process.env.BASE ?? '/edgecrop/',
  srcDir: '..',
  srcExclude: [
    '**/node_modules/**',
    '**/dist/**',
    '.cache/**',
    'cdk.out/**',
    'test/**',
    '.changeset/**',
    '.github/**',
    'client/api/**',
  ],
  rewrites: pageOf,
  lastUpdated: false,
  cleanUrls: true,
  // Pages lie outside this folder, so Vue has to be found from here.
  vite: { resolve: { alias: [{ find: /^vue(?=$|\/)/, replacement: join(site, 'node_modules', 'vue') }] } },
  markdown: {
    config: (markdown) => {
      rewriteLinks(markdown, repository, SOURCE);
      fenceCode(markdown);
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: SOURCE }],
  },
  locales: {
    root: {
      label: 'English',
      lang: 'en',
      themeConfig: { nav: [{ text: 'Documentation', link: '/docs/' }], sidebar: sidebar('docs/README.md') },
    },
    ko: {
      label: '한국어',
      lang: 'ko',
      themeConfig: { nav: [{ text: '문서', link: '/ko/docs/' }], sidebar: sidebar('docs/ko/README.md') },
    },
  },
});
