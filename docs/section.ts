/**
 * Puts a text into a document, between the two lines that hold its place.
 *
 * @throws Error where the document has no such place
 */
export function withSection(document: string, name: string, text: string): string {
  const begin = `<!-- ${name}: npm run docs -->`;
  const end = `<!-- /${name} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`got a document without "${begin}" and "${end}"`);
  return `${document.slice(0, from + begin.length)}\n${text}\n${document.slice(to)}`;
}
