import { expect, test } from 'vitest';
import { colouredCode } from '../../../src/cli/screen/code.ts';

const said = (line: string, language: string | null): string =>
  colouredCode(line, language, (tone, text) => (text === '' ? '' : `<${tone}:${text}>`));

test.each([
  ['keywords of SQL in any case', 'SELECT a From t', 'sql', '<keyword:SELECT> a <keyword:From> t'],
  ['keywords of the shell as they are written', 'if IF', 'bash', '<keyword:if> IF'],
  [
    'strings, and no keyword in them',
    'echo \'if # x\' "fi"',
    'bash',
    'echo <string:\'if # x\'> <string:"fi">',
  ],
  ['comments to the end of the line', 'done # if', 'bash', '<keyword:done> <comment:# if>'],
  ['comments of SQL', 'a -- from', 'sql', 'a <comment:-- from>'],
  ['nothing of a language that is not known', 'if # x', 'klingon', 'if # x'],
  ['nothing where none is given', 'if', null, 'if'],
])('%s have colours', (_, line, language, coloured) => {
  expect(said(line, language)).toBe(coloured);
});
