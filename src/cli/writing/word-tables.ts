import { ANNOTATIONS } from '../../engine/model/annotations.ts';
import { FRONTMATTER } from '../../engine/model/frontmatter.ts';
import type { Value, Words } from '../../engine/model/word.ts';
import { TEST_WORDS } from '../testing/test-words.ts';

/** The tables of words that an author may write, by the name that help and schema know them by. */
export const WORD_TABLES = {
  annotations: {
    words: ANNOTATIONS satisfies Words,
    lead: 'Said of a step: behind the language of its fence, or in a comment before a block, an item or a heading.',
    spelling: '```bash timeout=30s confirm    or    <!-- handrail: timeout=30s confirm -->',
  },
  frontmatter: {
    words: FRONTMATTER satisfies Words,
    lead: 'Said of the whole runbook, between two lines of `---` at its top; or under one key `handrail:`.',
    spelling: 'timeout: 30m',
  },
  test: {
    words: TEST_WORDS satisfies Words,
    lead: 'Said of a test: `release.test.yaml` beside `release.md`, run by `handrail test`.',
    spelling: 'tests: [{ name: it says what would be released, inputs: { version: 1.2.3 } }]',
  },
} as const;

/** A name of a table. */
export type WordTableName = keyof typeof WORD_TABLES;

/** The words that stand below a word, where it is a group of them. */
export function wordsBelow(value: Value): Words {
  switch (value.kind) {
    case 'group':
    case 'groups':
      return value.words;
    case 'map':
      return wordsBelow(value.of);
    default:
      return {};
  }
}

/** Whether a word names a table. */
export function isWordTable(name: string | undefined): name is WordTableName {
  return name !== undefined && Object.hasOwn(WORD_TABLES, name);
}
