import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { forEarlyReaders } from '../../../src/engine/shell/early-readers.ts';
import { handrail } from '../../support/handrail.ts';

/** Exit code and output of one unattended step. */
async function ran(script: string): Promise<string> {
  const { events } = await handrail({ runbook: `# X\n\n\`\`\`bash\n${script}\n\`\`\`\n` });
  const ended = events.find((event) => event.type === 'step.finished');
  return `${ended?.['outcome']} ${ended?.['exitCode']}`;
}

test.each([
  ['seq 1 300000 | head -1'],
  ['seq 1 300000 | grep -m1 7'],
  ['seq 1 300000 | sort | head -3 | cat'],
  ['if seq 1 300000 | head -1; then true; else false; fi'],
  ['x=$(seq 1 300000 | head -1)\n[ "$x" = 1 ]'],
  ['first() { seq 1 300000 | head -1; }\nfirst\nfirst'],
  ['! seq 1 300000 | grep -q x | false'],
  ['while true; do echo x; done | head -2'],
  ['seq 1 300000 | cat <<END |\n$(seq 1 300000 | head -1)\nEND\nhead -1'],
  ['time seq 1 300000 | head -1'],
])('a program that its reader left early has not failed: %s', async (script) => {
  expect(await ran(script)).toBe('passed 0');
});

test.each([
  ['false | cat', 1],
  ['(exit 3) | cat | cat', 3],
  ['seq 1 300000 | (head -1; exit 4)', 4],
  ['{ false; echo x; } | cat', 1],
  ['f() { false | cat; }; f; true', 1],
  ['false | cat\nexit 0', 1],
  ['x=$(false | cat)', 1],
])('any other failure in a pipeline still is one: %s', async (script, code) => {
  expect(await ran(script)).toBe(`failed ${code}`);
});

test.each([
  ['echo $? | cat'],
  ['a | b; echo "$PIPESTATUS"'],
  ['set -x; a | b'],
  ['set +o pipefail\na | b'],
  ['a | b &\nkill $!'],
  ["awk '/a|b/' f"],
  ['case x in a|b) c ;; esac'],
  ['a ||\nb'],
  ['a |'],
])('a script that goes its own way runs as it stands: %j', (script) => {
  expect(forEarlyReaders(script, 'v')).toBe(script);
});

test('what a script does stays what bash does with it', () => {
  for (const script of [
    'a() { echo "$1" | tr a b | cat; }; a aa; echo a | { read x; echo "$x"; }',
    'for i in 1 2; do echo $i; done | while read -r n; do echo "n$n" | cat; done',
    'cat <<END | tr a-z A-Z # a comment\nab $(echo c | cat)\nEND\necho a|cat&&echo b|cat||echo c|cat',
    'echo "$(echo `echo a | cat` | cat)"; if echo a | grep -q b; then echo no; else echo yes; fi',
  ]) {
    const edited = forEarlyReaders(script, 'v');
    expect(edited).not.toBe(script);
    const head = `v() { set -o pipefail; eval return \\$$#; }; set -eo pipefail\n`;
    const [one, other] = [script, edited].map(
      (text) => spawnSync('bash', ['-c', head + text], { encoding: 'utf8' }).stdout,
    );
    expect(other).toBe(one);
    expect(edited.split('\n')).toHaveLength(script.split('\n').length);
  }
});
