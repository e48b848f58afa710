/** R: every page of a folder through remark and rehype as they are, into another folder. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toHtml } from 'hast-util-to-html';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

const [, , from = '', to = ''] = process.argv;
mkdirSync(to, { recursive: true });
const reader = unified().use(remarkParse).use(remarkGfm).use(remarkRehype);
for (const name of readdirSync(from)) {
  const tree = await reader.run(reader.parse(readFileSync(path.join(from, name), 'utf8')));
  writeFileSync(path.join(to, `${name}.html`), toHtml(tree));
}
