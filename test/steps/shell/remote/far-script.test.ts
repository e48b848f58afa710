import { expect, test } from 'vitest';
import * as farScript from '../../../../src/steps/shell/remote/far-script.ts';

const lines = {
  start: farScript.startLine("/tmp/it's", 'mark'),
  terminal: farScript.terminalLine("/tmp/it's", 'mark'),
  ask: farScript.askLine("/tmp/it's", 'mark'),
  end: farScript.endLine("/tmp/it's", 'mark'),
  rest: farScript.restLine("/tmp/it's", 'mark', 'out', 7),
  collect: farScript.collectLine("/tmp/it's", 'mark'),
  bring: farScript.bringLine("/tmp/it's", 'mark', "it's", [
    { name: 'x', content: Buffer.from('1') },
  ]),
  open: farScript.openLine('it', 'mark'),
  close: farScript.closeLine("/tmp/it's"),
};

/* Login shells differ in what they find in a line: bash, fish, tcsh and zsh agree on very little. */
test.each(Object.entries(lines))(
  'every login shell reads the line that is to %s alike',
  (_, line) => {
    // csh ends a quoted word at a newline; fish reads a backslash between single quotes.
    expect(line).toMatch(/^exec sh -c '[^\n\\]*'$/);
    // Single quotes are closed for one thing alone: a single quote in double ones.
    const between = line.slice("exec sh -c '".length, -1).split(`'"'"'`);
    expect(between.filter((part) => part.includes("'"))).toEqual([]);
  },
);
