/**
 * Writes the pages of `docs/` that are derived from the program itself: the command line, the words of a runbook,
 * the step types and the rules of `check`. `npm run docs` writes them; a test fails when they are not what the program says.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commandHelp } from '../src/cli/help.ts';
import { TABLE } from '../src/cli/table.ts';
import { jsonSchemaOf } from '../src/cli/writing/json-schema.ts';
import { wordsChapter } from '../src/cli/writing/page.ts';
import { WORD_TABLES, type WordTableName } from '../src/cli/writing/word-tables.ts';
import { RULES } from '../src/engine/check.ts';
import { READING_RULES } from '../src/engine/checks/reading-rules.ts';
import { stepTypes } from '../src/steps/index.ts';

const root = path.dirname(import.meta.dirname);
const NOTE = '<!-- Written by `npm run docs`. Change the program, not this page. -->';

/** Every derived page by its path. */
export function pages(): Readonly<Record<string, string>> {
  return {
    'docs/command-line.md': commandLine(),
    'docs/step-types.md': stepTypesPage(),
    'docs/rules.md': rules(),
    'docs/writing.md': writing(),
    'docs/schema/frontmatter.schema.json': schema('frontmatter'),
    'docs/schema/annotations.schema.json': schema('annotations'),
  };
}

function commandLine(): string {
  const sections = TABLE.commands.map(
    (command) =>
      `## handrail ${command.name}\n\n\`\`\`text\n${commandHelp(command, TABLE)}\`\`\`\n`,
  );
  return [`# The command line\n\n${NOTE}\n`, ...sections].join('\n');
}

function stepTypesPage(): string {
  const sections = stepTypes.map(({ name, summary, human, examples }) => {
    const who = human ? 'A person carries it out.\n' : '';
    const shown = examples.map(({ markdown, body }) => {
      const verdict = body === null ? `Not \`${name}\`:` : `\`${name}\`:`;
      return `${verdict}\n\n${fenced(markdown)}`;
    });
    return [`## ${name}\n`, `${summary}\n`, who, ...shown].filter((text) => text !== '').join('\n');
  });
  const lead =
    'How each step type knows its own. The examples are those that the tests run, in order of detection.\n';
  return [`# Step types\n\n${NOTE}\n`, lead, ...sections].join('\n');
}

function rules(): string {
  const sections = [...READING_RULES, ...RULES].map(
    ({ name, summary, why }) => `## ${name}\n\n${summary}\n\n${why}\n`,
  );
  const lead =
    'What `handrail check` looks for, first while reading, then in what was read. `<!-- handrail: allow=RULE -->` before a step allows it there.\n';
  return [`# The rules of check\n\n${NOTE}\n`, lead, ...sections].join('\n');
}

/** `scripts/writing.md` with a chapter in the place of each `<!-- words: NAME -->`. */
function writing(): string {
  const text = readFileSync(path.join(root, 'scripts/writing.md'), 'utf8');
  const names = Object.keys(WORD_TABLES) as WordTableName[];
  return names.reduce(
    (page, name) => page.replace(`<!-- words: ${name} -->\n`, () => wordsChapter(name, fenced)),
    text.replace(
      '<!-- note -->',
      NOTE.replace('the program', 'the program or `scripts/writing.md`'),
    ),
  );
}

function schema(name: WordTableName): string {
  return `${JSON.stringify(jsonSchemaOf(name), null, 2)}\n`;
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}markdown\n${text.replace(/\n*$/, '\n')}${fence}\n`;
}

if (process.argv[1] === import.meta.filename)
  for (const [name, text] of Object.entries(pages())) {
    const file = path.join(root, name);
    if (readIfThere(file) !== text) writeFileSync(file, text);
  }

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
