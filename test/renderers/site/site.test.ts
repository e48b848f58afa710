import { parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { article, site } from '../../support/site-pages.ts';

test('a card says under what its step, or a part of it, is to be done', async () => {
  const html = await article(
    '# A\n\n## If the disk is full\n\nOn Debian:\n\n```bash\ntrue\n```\n\n## B\n\n### Option A\n\n```bash\ntrue\n```\n\n### Option B\n\n```bash\ntouch a\nreboot # if needed\n```\n',
  );
  expect(html).toMatch(/Only if<\/dt><dd>If the disk is full — On Debian<\/dd>/);
  expect(html).toMatch(/One of several<\/dt><dd>Option A<\/dd>/);
  expect(html).toMatch(/Part 2 only if<\/dt><dd>if needed<\/dd>/);
});

test('anchors are those that GitHub gives, and step anchors are apart from them', async () => {
  const html = await article(
    '# A\n\n## Check it (5 min)\n\n```bash name=look\ntrue\n```\n\n## Check it (5 min)\n',
  );
  expect(html).toContain('id="check-it-5-min"');
  expect(html).toContain('id="check-it-5-min-1"');
  expect(html).toContain('id="step:look"');
  expect(html).toContain('handrail run ops/book.md#check-it-5-min --step look');
});

test('a tag that is no HTML is text, and known HTML is sanitised', async () => {
  const html = await article(
    '# A\n\nRun ssh <host> as <user name>.\n\n<kbd onclick="x()">Ctrl</kbd> <b style="color:red">b</b> <script>x</script> <iframe src="//e">\n\n<div><replica></div>\n',
  );
  expect(html).toMatch(/ssh (?:&lt;|&#x3C;)host/);
  expect(html).toMatch(/(?:&lt;|&#x3C;)replica/);
  expect(html).toContain('<kbd>Ctrl</kbd>');
  expect(html).not.toMatch(/<script|<iframe|onclick|style=/);
});

test('links lead to pages, and what leads nowhere is told with its line', async () => {
  const { files, broken } = await site({
    'a.md':
      '# A\n\n[b](sub/b.md#there) [gone](gone.md)\n\n[no](sub/b.md#nope) [bad](javascript:alert(1)) [x](data:text/html,x)\n',
    'sub/b.md': '# B\n\n## There\n\n[up](../a.md) [self](#b) [folder](../sub/)\n',
  });
  const a = String(files.find(({ path }) => path === 'a.html')?.content);
  const b = String(files.find(({ path }) => path === 'sub/b.html')?.content);
  expect(a).toContain('href="sub/b.html#there"');
  expect(a).not.toMatch(/javascript:|data:text/);
  expect(b).toContain('href="../a.html"');
  expect(b).toContain('href="index.html"');
  expect(broken.map(({ path, line, target }) => [path, line, target])).toEqual([
    ['a.md', 3, 'gone.md'],
    ['a.md', 5, 'sub/b.md#nope'],
  ]);
});

test('nothing in a runbook can pass for a place that the layout fills in', async () => {
  const place = '<!--step 0--><img src=x>';
  const html = await article(
    `# A\n\n## P\n\n\`\`\`bash\necho '${place}'\n\`\`\`\n\n![${place}](pic.png) [${place}](b.md "${place}")\n`,
    {},
    { 'ops/pic.png': 'png' },
  );
  const { childNodes } = parseFragment(html);
  const images: string[] = [];
  const visit = (nodes: readonly object[]): void => {
    for (const node of nodes) {
      if ('tagName' in node && node.tagName === 'img')
        images.push(JSON.stringify('attrs' in node ? node.attrs : ''));
      if ('childNodes' in node && Array.isArray(node.childNodes)) visit(node.childNodes);
    }
  };
  visit(childNodes);
  expect(images).toHaveLength(1);
  expect(images[0]).toContain('_/files/ops/pic.png');
});

test('a runbook in a markdown fence is read, with its steps', async () => {
  const html = await article(
    '# A\n\n````markdown\n## Inner\n\n- [ ] First\n\n```bash\nuptime\n```\n````\n',
  );
  expect(html).toContain('id="inner"');
  expect(html.match(/id="step:/g)).toHaveLength(2);
});

test('every step has its place on the page, wherever its block stands', async () => {
  const markdown = `# A\n\n## Lists\n\n1. Run it:\n\n   \`\`\`bash\n   true\n   \`\`\`\n\n- \`\`\`bash\n  uptime\n  \`\`\`\n\n> \`\`\`bash\n> date\n> \`\`\`\n\n| Check | Command | Threshold |\n|---|---|---|\n| Load | \`cat /proc/loadavg\` | < 5 |\n\n<details>\n\n\`\`\`bash\nwho\n\`\`\`\n\n</details>\n`;
  const { files } = await site({ 'ops/book.md': markdown });
  const page = String(files.find(({ path }) => path === 'ops/book.html')?.content);
  const index = JSON.parse(String(files.find(({ path }) => path === 'index.json')?.content));
  const steps: { id: string }[] = index.runbooks[0].steps;
  expect(steps.length).toBeGreaterThanOrEqual(5);
  for (const { id } of steps) expect(page).toContain(`id="step:${id}"`);
  expect(page).not.toContain('more-steps');
});

test('frontmatter of other tools is no text of the page', async () => {
  const html = await article('+++\ntitle = "Hugo"\n+++\n\n# Text\n\nbody\n');
  expect(html).not.toContain('Hugo');
  expect(html).toContain('body');
});

test('headings never skip a level, whatever the author wrote', async () => {
  const html = await article('# A\n\n#### Deep\n\n## Two\n\n##### Five\n');
  const levels = [...html.matchAll(/<h(\d)[ >]/g)].map((found) => Number(found[1]));
  for (const [index, level] of levels.entries())
    if (index > 0) expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
});

test('admonitions of MkDocs and Docusaurus and alerts of GitHub look alike', async () => {
  const html = await article(
    '# A\n\n!!! danger "Mind it"\n    one\n\n    two\n\n:::note\nthree\n:::\n\n> [!WARNING]\n> four\n',
  );
  expect(
    [...html.matchAll(/class="alert alert-(\w+)"><p class="alert-title">([^<]+)/g)].map(
      ([, kind, title]) => [kind, title],
    ),
  ).toEqual([
    ['caution', 'Mind it'],
    ['note', 'Note'],
    ['warning', 'Warning'],
  ]);
  expect(html).not.toMatch(/!!!|:::/);
});

test('a title with code and stars in it is whole, and what stands below it is not of it', async () => {
  const html = await article(
    [
      '# A',
      '!!! danger "Run `one` **now**"\n    body of `one`',
      '> [!NOTE] Look at `two` first\n> body of `two`\n> and more',
      '> [!TIP] Only *three*',
      '> [!WARNING]\n> `four` is no title',
    ].join('\n\nBetween.\n\n'),
  );
  const boxes = [
    ...html.matchAll(/class="alert-title">(.*?)<\/p>\s*(?:<p>([\s\S]*?)<\/p>)?\s*<\/div>/g),
  ];
  expect(boxes.map(([, title, body]) => [title, body])).toEqual([
    ['Run <code>one</code> <strong>now</strong>', 'body of <code>one</code>'],
    ['Look at <code>two</code> first', 'body of <code>two</code>\nand more'],
    ['Only <em>three</em>', undefined],
    ['Warning', '<code>four</code> is no title'],
  ]);
});

test('a callout of any kind and in any spelling is a box with its word or its title', async () => {
  const html = await article(
    [
      '# A',
      '> [!INFO]\n> one',
      '> [!tldr]- Folded\n> two',
      '> [!question|wide]+\n> three',
      '> [!fail]\n> four',
      '> [!our-own]\n> five',
      '!!! note inline end "Beside"\n    six',
      '??? seealso\n    seven',
      '- item\n\n    !!! bug\n        eight',
      '!!! Do not do this twice.',
    ].join('\n\n'),
  );
  expect(
    [...html.matchAll(/class="alert alert-(\w+)"><p class="alert-title">([^<]+)/g)].map(
      ([, kind, title]) => `${kind} ${title}`,
    ),
  ).toEqual([
    'note Info',
    'note Folded',
    'note Question',
    'caution Fail',
    'note Our-own',
    'note Beside',
    'note Seealso',
    'warning Bug',
  ]);
  expect(html).toContain('!!! Do not do this twice.');
  expect(html).not.toMatch(/\[!|\?\?\?/);
});

test('a page that is shown in the place of any other finds its files from the top of the site', async () => {
  const { files } = await site({ 'a.md': '# A\n' });
  const html = String(files.find(({ path }) => path === '404.html')?.content ?? '');
  const leads = [...html.matchAll(/ (?:href|src|data-root)="([^"#]+)"/g)].map(([, to]) => to ?? '');
  expect(leads).toEqual(expect.arrayContaining(['/', '/_/site.css', '/index.html', '/a.html']));
  expect(leads.filter((to) => !to.startsWith('/'))).toEqual([]);
});

test('two runbooks never share a page', async () => {
  const { files } = await site({
    'a.md': '# 1\n',
    'a.markdown': '# 2\n',
    'A.md': '# 3\n',
    'index.md': '# 4\n',
    '404.md': '# 5\n',
    'b c.md': '# 6\n',
    'b-c.md': '# 7\n',
  });
  const pages = files.map(({ path }) => path.toLowerCase());
  expect(new Set(pages).size).toBe(pages.length);
});

test('the same input gives the same bytes', async () => {
  const books = {
    'a.md': '# A\n\n```mermaid\ngraph TD\n a --> b\n```\n\n```bash\nls\n```\n',
    'b/c.md': '# C\n',
  };
  expect(await site(books)).toEqual(await site(books));
});

test('a runbook says when it has to be read again, and that it is overdue from the next day on', async () => {
  const books = {
    'a.md': '---\nowner: Ops\nreview: { by: 2027-03-31 }\n---\n\nWords.\n\n```bash\nls\n```\n',
  };
  const pageOf = async (today: string): Promise<string> => {
    const { files } = await site(books, {}, today);
    return String(files.find(({ path }) => path === 'a.html')?.content ?? '');
  };
  expect(await pageOf('2027-03-31')).toContain('Review by Ops until 2027-03-31');
  expect(await pageOf('2027-04-01')).toContain('Review by Ops was due on 2027-03-31');
});

test('search shows the mark of an alert as a word', async () => {
  const { files } = await site({
    'a.md': '# A\n\n> [!WARNING]\n> Hot.\n\n> [!NOTE] Read this\n> Slow.\n\n> Plain [!x]\n',
  });
  const search = String(files.find(({ path }) => path === '_/search.js')?.content);
  expect(search).toContain('Warning: Hot. Read this: Slow. Plain [!x]');
});
