import { expect, test } from 'vitest';
import { ANNOTATIONS, isFlag } from '../../../src/engine/model/annotations.ts';
import { infoWords } from '../../../src/engine/reading/annotation-words.ts';

const flags = Object.keys(ANNOTATIONS).filter(isFlag);

test.each(flags)('%s is heeded bare, alone in braces and beside another', (flag) => {
  for (const rest of [flag, `{${flag}}`, `{ ${flag} }`, `{${flag} ${flags[0]}}`])
    expect(infoWords(rest)?.get(flag), rest).toBe(true);
});

test.each(['{1,3-4}', '{name}', '{title}', '{.no-copy}', '{linenos}', '{}', '{run linenos}'])(
  'what other tools write in braces is none of ours: %s',
  (rest) => {
    expect(infoWords(rest)).toBeNull();
  },
);
