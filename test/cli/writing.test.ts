import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { withStableNames } from '../../src/cli/commands/fmt.ts';
import { jsonSchemaOf } from '../../src/cli/commands/schema.ts';
import { runbookFromScript } from '../../src/cli/writing/from-script.ts';
import { RUNBOOK_TEMPLATES } from '../../src/cli/writing/templates.ts';
import { wordHelp, wordsHelp } from '../../src/cli/writing/word-help.ts';
import { WORD_TABLES, wordsBelow } from '../../src/cli/writing/word-tables.ts';
import { check } from '../../src/engine/check.ts';
import type { Words } from '../../src/engine/model/word.ts';
import { judgeThreshold } from '../../src/steps/threshold/run.ts';
import { handrail } from '../support/handrail.ts';
import { read } from '../support/read.ts';

describe('a template of `new`', () => {
  test.each(Object.keys(RUNBOOK_TEMPLATES))(
    '%s is a runbook without an error or a warning',
    async (name) => {
      const runbook = await read(RUNBOOK_TEMPLATES[name]?.text('A title') ?? '');
      expect(check(runbook).filter(({ severity }) => severity !== 'info')).toEqual([]);
      expect(runbook.steps.length).toBeGreaterThan(2);
      expect(runbook.title).toBe('A title');
    },
  );

  test('is chosen by name, and is the list of the command line', async () => {
    const { stdout } = await handrail({ args: ['new', 'x.md', '--template', 'incident'] });
    expect(stdout).toContain('Wrote x.md.');
    const wrong = await handrail({ args: ['new', 'x.md', '--template', 'incidnt'] });
    expect(wrong.stderr).toContain(Object.keys(RUNBOOK_TEMPLATES).join(', '));
  });
});

describe('a runbook that is drafted from a script', () => {
  const SCRIPT = `#!/bin/bash
# Deploys it.
set -eu
if [ $# -lt 1 ]; then
  echo usage >&2
  exit 64
fi
VERSION="$1"
TARGET=\${2:-staging}
log() { :; }
say() {
  echo "$*"
}
build() {
  local file=out
  make "$file"
}
trap 'make undo' ERR

# Build it
build

read -p "Ship $VERSION? [y/N] " sure
[ "$sure" = y ] || exit 1

# Ship it
if [ "$TARGET" = prod ]; then
  say shipping

  # not a title: a block is open
  make ship
fi
read -p "Whom to tell? " WHO
mail "$WHO" < /dev/null
exit 0
`;

  test('has its arguments as inputs, its questions for people, its functions and groups as steps', async () => {
    const { text, remarks } = runbookFromScript(SCRIPT, 'Ship');
    const runbook = await read(text);
    expect(runbook.diagnostics).toEqual([]);
    expect(runbook.steps.map(({ type, title }) => `${type} ${title}`)).toEqual([
      'shell Build it',
      'checklist Ship {{version}}?',
      'shell Ship it',
      'shell Rollback',
    ]);
    expect(runbook.frontmatter.inputs).toMatchObject({
      version: {},
      target: { default: 'staging' },
      who: { description: 'Whom to tell?' },
    });
    expect(runbook.frontmatter.shell).toEqual({ pipefail: false, nounset: true });
    const [build, , ship, undo] = runbook.steps.map((step) => step.text);
    expect(build).toContain('VERSION="{{version}}"');
    expect(build).toContain('file=out\nmake "$file"');
    expect(ship).toContain('# not a title');
    expect(ship).toContain('WHO={{who}}');
    expect(undo).toBe('make undo');
    expect(remarks).toHaveLength(2);
  });

  const draft = (script: string): string => runbookFromScript(script, 'T').text;

  const shellOf = async (script: string): Promise<unknown> =>
    (await read(draft(script))).frontmatter.shell;

  test.each([
    ['uptime', { errexit: false, pipefail: false }],
    ['set -e\nuptime', { pipefail: false }],
    ['# Why\nA=1\nset -eo pipefail # strict\nuptime', undefined],
    ['set -e\nset -o pipefail -u\nuptime', { nounset: true }],
    ['#!/bin/bash -eu\nuptime', { pipefail: false, nounset: true }],
    ['uptime\nset -e\ndate', { errexit: false, pipefail: false }],
  ])('is as strict as the script: %j', async (script, shell) => {
    expect(await shellOf(`${script}\n`)).toEqual(shell);
  });

  test.each(['set -e; cd /srv', 'set -a', 'set -- a b', 'set +e', 'set -euxo pipefail', 'set -f'])(
    'keeps what `%s` does beside that',
    (line) => {
      expect(draft(`uptime\n${line}\ndate\n`)).toContain(`uptime\n${line}\ndate`);
      expect(draft(`${line}\ndate\n`)).toContain(`${line}\ndate`);
    },
  );

  test.each([
    ['[ -e due ] || exit 0', 1],
    ['[ -e due ] || { echo none; exit; }', 1],
    ['if [ -e done ]; then\n  exit 0\nfi', 1],
    ['case $X in\n  no) exit 0 ;;\nesac', 1],
    ['leave', 1],
    ['[ -e due ] || leave', 1],
    ['[ -e due ] || exit 1', 2],
    ['while getopts h o; do\n  case $o in h) exit 0 ;; esac\ndone\nuptime', 2],
    ['uptime', 2],
  ])('does nothing behind the place where the script ends: %j', async (line, fences) => {
    const script = `X=1\nleave() {\n  exit 0\n}\n\n# Look\n${line}\n\n# Deploy\ndeploy\nexit 0\n\n# No more\n`;
    const { steps } = await read(draft(script));
    expect(steps).toHaveLength(fences);
    expect(draft('true\nexit 0\nreboot\n')).toContain('exit 0\nreboot');
  });

  test('what a function, awk or a comment calls $1 is no argument of the script', () => {
    const text = draft(
      `# Go\n\nAPP="$1"\nlog() { echo "$1"; }\n\nsay() {\n  echo "said $1"\n}\n\npick() {\n  echo "\${1:-$APP}"\n}\n\ndf / | awk '{print $2}' # of $3\nsay a\nlog b\npick\ncp x "$2"\n`,
    );
    for (const kept of ['log() { echo "$1"; }', 'said $1', '${1:-$APP}', 'print $2', '# of $3'])
      expect(text).toContain(kept);
    expect(text).toContain('APP="{{app}}"');
    expect(text).toContain('cp x "{{argument_2}}"');
    expect(text).not.toMatch(/argument_3|default:/);
  });

  test('says that the options of a script come to nothing', () => {
    const script = (line: string): string => `# Go\n\n${line}\nuptime\n`;
    const remarks = (line: string): string => runbookFromScript(script(line), 'T').remarks.join();
    for (const line of [
      'while getopts "n:" o; do :; done',
      'shift',
      'make "$@"',
      '[ $# -gt 1 ] && ls',
    ])
      expect(remarks(line)).toContain('Make each of them an input');
    expect(remarks("awk '{ $1 = $#; print }' f")).toBe('');
  });

  test.each([
    '# --- Look at it ----------',
    '# ===== Look at it =====',
    '####################\n# Look at it\n####################',
    '#\n# Look at it #\n#',
  ])('the rules drawn around a title are none of it: %j', (comment) => {
    const text = draft(`true\n\n${comment}\nuptime\n`);
    expect(text).toContain('## Look at it\n\n```bash\nuptime\n```');
    expect(text).not.toMatch(/^#+\s*[-=#]{3}/m);
  });

  test.each([
    ['case $yn in\n  y) tell-all ;;\nesac', 'tell-all'],
    ['if [[ $yn == y ]]; then\n  tell-all\nfi', 'tell-all'],
    ['[[ $yn == y ]] && tell-all', 'tell-all'],
    ['if [[ $yn != y ]]; then\n  tell-all\n  exit 1\nfi', 'tell-all'],
    ['echo; deploy "$yn"', 'deploy'],
  ])('what hangs on an answer is never lost: %j', (after, command) => {
    for (const question of [
      'read -p "Tell? " yn',
      'read -rp "Tell? " -n 1 yn',
      'read -t 9 -p "Tell? " yn',
    ])
      expect(draft(`${question}\n${after}\n`)).toContain(command);
    const unnamed = draft(`read -p "Tell? " -n 1 -r\n${after.replaceAll('$yn', '$REPLY')}\n`);
    expect(unnamed).toContain(command);
    expect(unnamed).toContain('REPLY={{reply}}');
  });

  test.each([
    '[[ $yn == y ]] || exit 1',
    'if [ "$yn" != y ]; then echo "not done"; exit 1; fi',
    'case $yn in\n  y) ;;\n  *) echo no; exit 1 ;;\nesac',
  ])('an answer that only ends the script is a question to a person: %j', (after) => {
    const text = draft(`read -p "Sure? [y/N] " yn\n\n${after}\nuptime\n`);
    expect(text).toContain('- [ ] Sure?');
    expect(text).not.toContain('exit 1');
  });

  test.each([
    ['if [ "$1" = prod ]; then\n  read -p "Sure? "\n  ship\nfi', 'read -p "Sure? "'],
    ['for h in a b; do\n  read -p "$h? " yn\n  [[ $yn == y ]] || exit 1\ndone', '|| exit 1'],
    ['while true; do\n  read -s -p "Key: " key\n  use "$key" && break\ndone', '-s -p "Key: "'],
  ])(
    'a question in a loop or branch stays where it is, and is spoken of: %j',
    async (block, kept) => {
      const { text, remarks } = runbookFromScript(`# Ask\n${block}\nuptime\n`, 'T');
      expect((await read(text)).diagnostics).toEqual([]);
      expect(text).toContain(kept);
      expect(remarks.join()).toContain('stands in a loop or branch');
    },
  );

  test('a group that begins with a question keeps its title', () => {
    expect(draft('build\n\n# Tell the team\nread -p "Did you? "\n\n# Ship\nship\n')).toContain(
      '## Tell the team\n\n- [ ] Did you?\n\n## Ship',
    );
  });

  test('what is typed unseen is a secret input', () => {
    expect(draft('read -s -p "Password: " PW\nlogin "$PW"\n')).toContain(
      'pw: { description: "Password:", secret: true }',
    );
  });

  test('a trap is the body of its function outside of one, and a trap taken back is none', () => {
    const text = draft(
      'undo() {\n  local code=$?\n  local x\n  undo-it "a;b"\n  exit $code\n}\ntrap "undo; exit 1" ERR\ntrap - ERR\ntrap \'echo "bye; all"\' EXIT\nuptime\n',
    );
    expect(text).toContain('## Rollback\n\n```bash\ncode=$?\nundo-it "a;b"\n```');
    expect(text).toContain('## Cleanup\n\n```bash\necho "bye; all"\n```');
    expect(text.match(/## Rollback/g)).toHaveLength(1);
  });

  test('a function that returns, or that is called twice, stays one', async () => {
    const { text } = runbookFromScript('f() {\n  return 0\n}\ng() {\n  true\n}\nf\ng\ng\n', 'T');
    expect(text).toContain('f() {');
    expect(text).toContain('g() {');
  });
});

describe('stable names', () => {
  test('are written behind the language of fences, and nothing else is changed', async () => {
    const text =
      '# T\r\n\r\nOne:\r\n\r\n```bash timeout=3s\r\ntrue\r\n```\r\n\r\n> ```sql\r\n> select 1\r\n> ```\r\n\r\n```bash name=kept\r\ntrue\r\n```\r\n\r\nOne:\r\n\r\n~~~sh\r\ntrue\r\n~~~\r\n\r\n```yaml\r\na: 1\r\n```\r\n\r\n```bash {"id":"x"}\r\ntrue\r\n```\r\n';
    const named = withStableNames(text, await read(text.replaceAll('\r\n', '\n')));
    expect(named.names.map(({ name }) => name)).toEqual(['one', 'one-2', 'one-3']);
    expect(named.text.replace(/ name=one(?:-\d)?(?=[ \r])/g, '')).toBe(text);
    const again = await read(named.text.replaceAll('\r\n', '\n'));
    expect(withStableNames(named.text, again).names).toEqual([]);
  });
});

describe('help on words', () => {
  test('lists them, and says of each what it takes', () => {
    expect(wordsHelp('annotations')).toContain('retries');
    const help = wordHelp('frontmatter', 'inputs');
    expect(help).toContain('Values that the runbook needs');
    expect(help).toContain('choices');
    expect(wordHelp('frontmatter', 'lock.policy')).toContain('`skip`, `wait` or `fail`');
    expect(() => wordHelp('annotations', 'retrys')).toThrow('Did you mean `retries`?');
  });

  test('the schema of each table says the same', () => {
    for (const name of ['annotations', 'frontmatter', 'test'] as const)
      expect(jsonSchemaOf(name)).toMatchObject({ type: 'object', additionalProperties: false });
  });
});

test.each([
  [['new', '.'], 64, 'no name of a file'],
  [['new', 'sub/'], 64, 'no name of a file'],
  [['new', 'x.md', '--from', 'runbook.md'], 64, 'is a runbook as it is'],
  [['fmt', '.', '--names'], 66, 'is a folder'],
  [['expect', 'runbook.md', '--from', 'last'], 64, 'is a run of other.md, not of runbook.md'],
] as const)('%j writes nothing, and says why', async (args, exitCode, why) => {
  const files = {
    'runbook.md': '# T\n\n```bash\ntrue\n```\n',
    'other.md': '# O\n\n~~~bash\n:\n~~~\n',
  };
  const { folder } =
    args[0] === 'expect'
      ? await handrail({ files, args: ['run', 'other.md', '--unattended'] })
      : await handrail({ files, args: ['schema', 'test'] });
  const done = await handrail({ folder, args });
  expect([done.exitCode, done.stderr]).toEqual([exitCode, expect.stringContaining(why)]);
  expect(done.stdout).toBe('');
});

describe('the page on writing', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../docs/writing.md'), 'utf8');

  test('has every word, and every field of one, however deep', () => {
    const wordsIn = (words: Words): readonly string[] =>
      Object.entries(words).flatMap(([word, { value }]) => [word, ...wordsIn(wordsBelow(value))]);
    const tables = Object.values(WORD_TABLES).map(({ words }) => words);
    for (const word of tables.flatMap(wordsIn))
      expect(page).toMatch(
        new RegExp(`^(?:### ${word}$|\\| \`${word}\`[^|]*\\| .{8,} \\| .+\\|)`, 'm'),
      );
  });

  const limits = page
    .slice(page.indexOf('\n## Limits'), page.indexOf('\n## Annotations'))
    .matchAll(/^\| (`.*) \| `(.*)` \| `(.*)` \|$/gm);
  const rows = [...limits].flatMap(([, cell = '', over = '', well = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, limit = '']) => [limit, over, well] as const),
  );

  test('has limits of every kind', () => {
    expect(rows.length).toBeGreaterThan(30);
  });

  test.each(rows)('%s is crossed by %s and not by %s, as it says', (critical, over, well) => {
    const verdict = (output: string): unknown =>
      judgeThreshold({ metric: 'It', warning: '', critical }, output, 'look').facts['verdict'];
    expect([verdict(over), verdict(well)]).toEqual(['critical', 'ok']);
  });
});

test('fmt --names says which steps have no place for a name, and takes any fence with a language for one', async () => {
  const fences = [
    ['~~~~ bash\necho 1\n~~~~', true],
    ['````bash\necho 2\n````', true],
    ['1. Do it:\n\n   ```bash\n   echo 3\n   ```', true],
    ['```{.bash}\necho 4\n```', false],
    ['```bash {1-2}\necho 5\n```', false],
    ['```\necho 6\n```', false],
    ['    echo 7', false],
  ] as const;
  for (const [fence, isNamed] of fences) {
    const text = `# T\n\n## Go\n\n${fence}\n`;
    const { names, left } = withStableNames(text, await read(text));
    expect([fence, names.length, left.length]).toEqual([fence, isNamed ? 1 : 0, isNamed ? 0 : 1]);
  }
});
