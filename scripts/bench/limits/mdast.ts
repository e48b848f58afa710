/** P: what it costs to read markdown with a list of packages, and nothing made of it. Prints its CPU time in ms. */
import { readFileSync } from 'node:fs';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

const text = readFileSync(process.argv[2] ?? '', 'utf8');
const reader = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter);
const from = process.cpuUsage();
reader.parse(text);
const { user, system } = process.cpuUsage(from);
process.stdout.write(`${(user + system) / 1000}\n`);
