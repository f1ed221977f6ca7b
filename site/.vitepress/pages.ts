/** Where a Markdown file of the repository is in the site: under its own path, Korean pages under `ko/`. */
export function pageOf(file: string): string {
  const korean = file.replace(/^README\.ko\.md$/, 'ko/README.md').replace(/^docs\/ko\//, 'ko/docs/');
  return korean.replace(/README\.md$/, 'index.md');
}

/** The same as an address: `docs/README.md` is `/docs/`, `docs/deploy.md` is `/docs/deploy`. */
export function addressOf(file: string): string {
  return `/${pageOf(file)
    .replace(/(^|\/)index\.md$/, '$1')
    .replace(/\.md$/, '')}`;
}
