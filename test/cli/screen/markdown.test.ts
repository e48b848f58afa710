import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../../src/cli/screen/layout.ts';
import { markdownLines } from '../../../src/cli/screen/markdown.ts';
import { markdownScreen } from '../../../src/cli/screen/markdown-text.ts';
import { screenStyle } from '../../../src/cli/screen/style.ts';
import { hostileText } from '../../support/hostile.ts';

const parse = (markdown: string): Root => unified().use(remarkParse).use(remarkGfm).parse(markdown);

const shown = (markdown: string, columns = 80, colour = false): readonly string[] =>
  markdownLines(parse(markdown).children, { columns, colour, style: screenStyle(colour) });

const PAGE = `## 3. Check *replication* lag

Lag must be under **5 seconds** before you go on, see the [guide](https://example.com/lag) or
https://example.com. Run \`SELECT 1\` on <host>, ~~never~~ always.\\
Then wait.

- [ ] Errors below 1 %
- [x] Replicas: 2
  1. first
  2. second

> [!WARNING]
> There is no *automatic* way back.
>
> - undo by hand

> Quoted words.

| Host | Role | Lag |
| :--- | :---: | ---: |
| db1 | primary | 0 |
| db2.prod.example.com | replica | 12 |

\`\`\`bash
# look
if true; then echo "a # b"; fi   # why
\`\`\`

---

<!-- hidden --><details>
<summary>More</summary>
</details>
`;

describe('markdown on the terminal', () => {
  for (const columns of [40, 80, 200]) {
    test(`a page at ${columns} columns`, () => {
      expect(shown(PAGE, columns).join('\n')).toMatchSnapshot();
    });
  }

  test('colours say nothing that the plain text does not', () => {
    const coloured = stripVTControlCharacters(shown(PAGE, 80, true).join('\n'));
    const plain = shown(PAGE).join('\n');
    const words = (text: string): string => text.replace(/[`~\s]+/g, ' ');
    expect(words(coloured)).toBe(words(plain));
    expect(shown(PAGE, 80, true).join('\n')).toContain('\u001b[');
  });

  test('a table that is too wide becomes a fact a line', () => {
    expect(
      shown('| Host | Role |\n|--|--|\n| db2.prod.example.com | replica of db1 |', 24),
    ).toEqual(['Host:', '  db2.prod.example.com', 'Role: replica of db1']);
  });

  test('wide characters fold at the width that they take', () => {
    const lines = shown(
      'データベースを再起動してから、もう一度確認してください。 restart 😀😀',
      20,
    );
    expect(lines.every((line) => displayWidth(line) <= 20)).toBe(true);
    expect(lines.join('').replaceAll(' ', '')).toBe(
      'データベースを再起動してから、もう一度確認してください。restart😀😀',
    );
    expect(lines.some((line) => line.startsWith('、') || line.startsWith('。'))).toBe(false);
  });

  test('a placeholder in angle brackets is not lost', () => {
    expect(shown('Run ssh to <host> now.')).toEqual(['Run ssh to <host> now.']);
  });

  test('a link says where it leads, once', () => {
    expect(shown('[a](https://b.c) https://d.e [f](#f) [g][1]\n\n[1]: https://h.i')).toEqual([
      'a (https://b.c) https://d.e f g (https://h.i)',
    ]);
  });

  test('code that is too wide goes on in the next line, its spaces kept', () => {
    expect(shown('```\necho  one  two three\n```', 20)).toEqual([
      '  | echo  one  two t',
      '  : hree',
    ]);
  });

  test('nothing in the text drives the terminal or leaves its width', () => {
    const wrap = fc.constantFrom(
      (text: string) => text,
      (text: string) => `# ${text}`,
      (text: string) => `- ${text}`,
      (text: string) => `> > > - - - - 1. ${text}`,
      (text: string) => `| a | b |\n|---|---|\n| ${text} | x |`,
      (text: string) => `\`\`\`bash\n${text}\n\`\`\``,
      (text: string) => `[${text}](http://${text})`,
      (text: string) => `![${text}](x) \`${text}\``,
      (text: string) => `[^1]\n\n[^1]: ${text}`,
      (text: string) => `<div>${text}</div>`,
      (text: string) => `&#27;[2J&#7;&#x9b;31m ${text}`,
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(wrap, hostileText), { maxLength: 5 }),
        fc.integer({ min: 20, max: 90 }),
        fc.boolean(),
        (parts, columns, colour) => {
          const lines = shown(
            parts.map(([make, text]) => make(text)).join('\n\n'),
            columns,
            colour,
          );
          for (const line of lines) {
            // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours are taken out.
            const bare = line.replace(/\x1b\[\d{1,2}m/g, '');
            // biome-ignore lint/suspicious/noControlCharactersInRegex: what must never reach the terminal.
            expect(bare).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
            expect(displayWidth(bare)).toBeLessThanOrEqual(columns);
            if (!colour) expect(line).toBe(bare);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('a phrase is coloured as one', () => {
  expect(shown('**two words** and `three more words`', 80, true)).toEqual([
    '\u001b[1mtwo words\u001b[22m and \u001b[36mthree more words\u001b[39m',
  ]);
});

test('a whole text is shown without its frontmatter, over many pieces', () => {
  const text = `---\ntitle: x\n---\n${'# Part\n\nSome [words][1].\n\n'.repeat(900)}[1]: https://a.b\n`;
  const screen = markdownScreen(text, { columns: 40, colour: false, style: screenStyle(false) });
  expect(screen.startsWith('# Part\n\nSome words (https://a.b).\n\n# Part')).toBe(true);
  expect(screen.match(/^# Part$/gm)?.length).toBe(900);
});

const OPTIONS = { columns: 80, colour: false, style: screenStyle(false) };

test('a callout of any kind and spelling is told by its word and title, wherever it stands', () => {
  const boxes: readonly (readonly [string, string])[] = [
    ['> [!INFO]\n> text', 'Info:'],
    ['> [!tldr]- Folded\n> text', 'Tldr: Folded'],
    ['> [!question|wide]+\n> text', 'Question:'],
    ['> [!CAUTION] Only once\n> text', 'Caution: Only once'],
    ['> [!our-own]\n> text', 'Our-own:'],
    ['!!! danger "Not twice"\n    text', 'Danger: Not twice'],
    ['!!! warning not on the primary\n    text', 'Warning: not on the primary'],
    ['??? seealso\n    text', 'Seealso:'],
    ['???+ note inline end "Beside"\n    text', 'Note: Beside'],
    [':::tip[Short]\ntext\n:::', 'Tip: Short'],
  ];
  for (const [box, head] of boxes) {
    expect(markdownScreen(`${box}\n`, OPTIONS)).toBe(`| ${head}\n| text\n`);
    const inItem = `- item\n\n${box.replace(/^/gm, '  ')}\n`;
    expect(markdownScreen(inItem, OPTIONS)).toBe(`- item\n\n  | ${head}\n  | text\n`);
  }
  expect(markdownScreen('!!! Do not do this\n', OPTIONS)).toBe('!!! Do not do this\n');
});
