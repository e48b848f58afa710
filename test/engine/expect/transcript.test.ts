import { describe, expect, test } from 'vitest';
import { compareExpectation } from '../../../src/engine/expect.ts';

interface Did {
  readonly output: string;
  readonly exitCode?: number;
}

const compare = (
  text: string,
  did: readonly Did[],
  match: 'text' | 'exact' = 'text',
): { readonly passed: boolean; readonly detail: string } =>
  compareExpectation(
    { line: 1, match, text, advisory: false },
    JSON.stringify(did.map(({ output, exitCode = 0 }) => ({ command: 'c', output, exitCode }))),
  );

describe('a transcript', () => {
  test('asserts the output under each command', () => {
    const text = '$ echo hello\nhello\n$ seq 3\n1\n...\n3\n';
    expect(compare(text, [{ output: 'hello\n' }, { output: '1\n2\n3\n' }]).passed).toBe(true);
    const { detail } = compare(text, [{ output: 'goodbye\n' }, { output: '1\n2\n3\n' }]);
    expect(detail).toContain('`echo hello`: 1 line missing (-), 1 line not expected (+)');
    expect(detail).toContain('+ goodbye');
  });

  test('asserts nothing about the output of a command that shows none', () => {
    expect(compare('$ make\n', [{ output: 'much\n' }]).passed).toBe(true);
    expect(compare('$ make\n', [{ output: 'much\n' }], 'exact').passed).toBe(false);
    expect(compare('$ make\n', [{ output: '' }], 'exact').passed).toBe(true);
  });

  test('states exit codes as [N]', () => {
    const text = '$ grep x file\n[1]\n$ echo y; false\ny\n[1]\n';
    expect(
      compare(text, [
        { output: '', exitCode: 1 },
        { output: 'y\n', exitCode: 1 },
      ]).passed,
    ).toBe(true);
    const { detail } = compare(text, [{ output: '' }, { output: 'y\n', exitCode: 1 }]);
    expect(detail).toBe('`grep x file`: exit code 0 where 1 was expected.');
  });

  test('wants exit code 0 when none is stated', () => {
    expect(compare('$ a\nx\n', [{ output: 'x\n', exitCode: 2 }]).detail).toBe(
      '`a`: exit code 2 where 0 was expected.',
    );
  });

  test('states the end as trycmd does', () => {
    expect(compare('$ a\n? 2\nx\n', [{ output: 'x\n', exitCode: 2 }]).passed).toBe(true);
    expect(compare('$ a\n? failed\nx\n', [{ output: 'x\n', exitCode: 9 }]).passed).toBe(true);
    expect(compare('$ a\n? failed\n', [{ output: '' }]).passed).toBe(false);
    expect(compare('$ a\n? success\n', [{ output: '' }]).passed).toBe(true);
  });

  test('says which command was not reached', () => {
    const { detail } = compare('$ a\n$ b\nx\n', [{ output: '' }]);
    expect(detail).toBe('`b` was not reached.');
  });

  test.each([
    ['#=> 12', '12\n', true],
    ['#=> 12', '13\n', false],
    ['#=> --regex ^\\d+$', '12\n', true],
    ['#=> --regex ^\\d+$', 'x12\n', false],
    ['#=> --egrep ^root:', 'bin:\nroot:\n', true],
    ['#=> --egrep ^root:', 'bin:\n', false],
    ['#=> --lines 2', 'a\nb\n', true],
    ['#=> --lines 2', 'a\n', false],
    ['#=> --text --lines 2', '--lines 2\n', true],
  ])('reads clitest inline output: %s', (mark, output, passed) => {
    expect(compare(`$ cmd ${mark}`, [{ output }]).passed).toBe(passed);
  });

  test('reads clitest inline exit codes', () => {
    expect(compare('$ cmd #=> --exit 3', [{ output: 'noise', exitCode: 3 }]).passed).toBe(true);
    expect(compare('$ cmd #=> --exit 3', [{ output: '' }]).passed).toBe(false);
  });

  test('as the reader found it comes first', () => {
    const result = compareExpectation(
      { line: 1, match: 'text', text: '', advisory: false },
      JSON.stringify([{ command: 'a', output: 'x\n', exitCode: 0 }]),
      { transcript: [{ command: 'a', output: 'y', exitCode: null }] },
    );
    expect(result.passed).toBe(false);
  });

  test('is compared with an expectation of its own as one output', () => {
    const observed = JSON.stringify([
      { command: 'a', output: 'x\n', exitCode: 0 },
      { command: 'b', output: 'y\n', exitCode: 0 },
    ]);
    const result = compareExpectation(
      { line: 1, match: 'text', text: 'x\ny', advisory: false },
      observed,
    );
    expect(result.passed, result.detail).toBe(true);
  });
});
