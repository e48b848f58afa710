import { describe, expect, test } from 'vitest';
import { check } from '../../../src/engine/check.ts';
import type { CheckDoors } from '../../../src/engine/checks/rule.ts';
import { read } from '../../support/read.ts';

async function rulesOf(
  markdown: string,
  doors: CheckDoors = {},
  unattended = false,
): Promise<string[]> {
  const found = check(await read(markdown), doors, { unattended });
  return found
    .filter(({ rule }) => rule !== 'no-expectation')
    .map(({ rule, line, severity }) => `${line} ${rule} ${severity}`);
}
const fence = (text: string, info = 'bash'): string => `# T\n\n\`\`\`${info}\n${text}\n\`\`\`\n`;

describe('check', () => {
  test.each([
    ['a follower that never ends', 'uptime\ntail -f /var/log/x.log', '5 endless-command warning'],
    ['a question to a person', 'read -p "Sure? " yes', '4 interactive-command warning'],
    ['a session that later fences may be meant for', 'ssh web-1', '4 remote-session warning'],
    ['a step that destroys', 'rm -rf ./old', '3 destructive info'],
    ['sudo that may ask', 'sudo systemctl restart pool', '4 sudo-password info'],
    ['a quote from a word processor', 'echo \u201chello\u201d', '4 non-ascii-quote warning'],
    ['a variable that nothing sets', 'ls "$NOWHERE_SET"', '4 free-variable warning'],
    ['a spelling that wants a value', 'deploy --version {VERSION}', '4 unbound-input warning'],
    ['an argument that nobody gives', 'echo "$1"', '4 free-parameter warning'],
    [
      'a password in a URL',
      'psql postgres://app:tr0ub4dor@db/app -c "select 1"',
      '4 literal-secret warning',
    ],
  ])('finds %s', async (_, text, expected) => {
    expect(await rulesOf(fence(text))).toContain(expected);
  });

  test.each([
    ['host= on SQL', fence('select 1;', 'sql host=db1'), ['3 here-only error']],
    ['in= on HTTP', fence('GET http://x/y', 'http run in=pod:a/b'), ['3 here-only error']],
    [
      'SQL under hosts',
      `---\nhosts: [a]\n---\n${fence('select 1;', 'sql')}`,
      ['6 here-only error'],
    ],
    ['host= on a shell step', fence('uptime', 'bash host=db1'), []],
    ['SQL without a host', fence('select 1;', 'sql'), []],
  ])('says of %s whether it can run there', async (_, markdown, expected) => {
    const found = (await rulesOf(markdown)).filter((each) => each.includes('here-only'));
    expect(found).toEqual(expected);
  });

  test.each([
    ['a follower with an end', fence('tail -f x.log', 'bash until="ready"'), 'endless-command'],
    ['sudo that asks nobody', fence('sudo -n true'), 'sudo-password'],
    ['a session that is given its command', fence('ssh web-1 "uptime"'), 'remote-session'],
    ['a placeholder for a password', fence('psql postgres://app:$PW@db/app'), 'literal-secret'],
    ['a typographic quote in a comment', fence('# don\u2019t\ntrue'), 'non-ascii-quote'],
  ])('leaves %s alone', async (_, markdown, rule) => {
    expect((await rulesOf(markdown)).join('\n')).not.toContain(rule);
  });

  test('points at the first step that asserts nothing', async () => {
    const text = `${fence('echo ok')}\nExpected output:\n\n\`\`\`text\nok\n\`\`\`\n\n\`\`\`bash\nuptime\n\`\`\`\n`;
    const found = check(await read(text), {}).find(({ rule }) => rule === 'no-expectation');
    expect(found).toMatchObject({ line: 13, message: expect.stringMatching(/^2 commands, 1 /) });
  });

  test('names a slip once, however often it stands on a line', async () => {
    const text = `---\ninputs:\n  version: {}\n---\n${fence('echo {{verson}} {{verson}}')}`;
    const found = await rulesOf(text);
    expect(found.filter((one) => one.includes('near-input'))).toEqual(['8 near-input warning']);
  });

  test('asks its doors for tools and links, and only then', async () => {
    const markdown = `${fence('frobnicate --now')}\n1. [The other one](other.md)\n`;
    expect(await rulesOf(markdown)).toEqual([]);
    const doors = { hasCommand: () => false, exists: () => false };
    expect(await rulesOf(markdown, doors)).toEqual([
      '4 tool-missing info',
      '7 broken-link warning',
    ]);
  });

  test('asks for a tool behind the change of a folder as well', async () => {
    const doors = { hasCommand: (name: string) => name !== 'frobnicate' };
    expect(await rulesOf(fence('cd /srv && frobnicate --now'), doors)).toEqual([
      '4 tool-missing info',
    ]);
  });

  test('takes functions that the runbook defines for known', async () => {
    const doors = { hasCommand: () => false };
    expect(await rulesOf(fence('greet() { :; }\ngreet'), doors)).toEqual([]);
  });

  test('calls what cron would refuse an error when asked to', async () => {
    expect(await rulesOf(fence('tail -f x.log'), {}, true)).toEqual(['4 endless-command error']);
    expect(await rulesOf('# T\n\n```\nsystemctl restart pool\n```\n', {}, true)).toContain(
      '3 inferred-step error',
    );
  });

  test('is silent on what its author allowed', async () => {
    const markdown =
      '# T\n\n<!-- handrail: allow=endless-command -->\n```bash\ntail -f x.log\n```\n';
    expect(await rulesOf(markdown)).toEqual([]);
  });

  test('counts commands and those that assert something', async () => {
    const markdown = `${fence('uptime')}\n\`\`\`console\n$ hostname\nweb-1\n\`\`\`\n`;
    const [finding] = check(await read(markdown)).filter(({ rule }) => rule === 'no-expectation');
    expect(finding?.message).toBe('2 commands, 1 asserted: the others pass whatever they print.');
  });
});

describe('a mark in front of an expected line', () => {
  const below = (line: string): string =>
    `# T\n\n\`\`\`bash\nuptime\n\`\`\`\n\nExpected output:\n\n\`\`\`\nup\n${line}\n\`\`\`\n`;

  test.each([
    ['(re) \\d+ days', '`\\d+ days (re)`'],
    ['(glob) * days', '`* days (glob)`'],
    ['(re+)  \\d+ days', '`\\d+ days (re+)`'],
  ])('%s is found, with the right spelling', async (line, meant) => {
    const found = check(await read(below(line)), {});
    const [one] = found.filter(({ rule }) => rule === 'mark-in-front');
    expect([one?.line, one?.hint]).toEqual([11, `Write ${meant}.`]);
  });

  test('is found in what a session shows below a command', async () => {
    expect(await rulesOf('# T\n\n```console\n$ uptime\n12:00\n(re) up \\d+\n```\n')).toContain(
      '6 mark-in-front warning',
    );
  });

  test.each(['\\d+ days (re)', '(re)', '(request) sent', 're) x'])('%s is none', async (line) => {
    expect((await rulesOf(below(line))).join()).not.toContain('mark-in-front');
  });
});

test('one wrong field of an input is told of alone: the others, and what else it says, hold', async () => {
  for (const wrong of ['typ: number', 'choices: {}', 'pattern: "["']) {
    const page = `---\ninputs:\n  a: { default: x }\n  b: { ${wrong}, default: y }\n---\n${fence('echo {{a}} {{b}}')}`;
    const found = await rulesOf(page);
    expect([wrong, found]).toEqual([wrong, [expect.stringContaining('frontmatter error')]]);
  }
});

test('what may have been meant to say that an input is secret is taken to say so', async () => {
  for (const [wrong, isSecret] of [
    ['secert: true', true],
    ['secret: maybe', true],
    ['typ: number', false],
  ] as const) {
    const page = `---\ninputs: { a: { ${wrong}, env: A } }\n---\n${fence('echo {{a}}')}`;
    const { inputs } = await read(page);
    expect([wrong, inputs.map(({ secret }) => secret)]).toEqual([wrong, [isSecret]]);
  }
});

test('the default of a secret is told of, where it is one', async () => {
  for (const [said, found] of [
    ['secret: true, default: tr0ub4dor', ['2 frontmatter warning']],
    ['secret: true, default: ""', []],
    ['secret: true, env: A', []],
    ['default: tr0ub4dor', []],
  ] as const)
    expect(await rulesOf(`---\ninputs: { a: { ${said} } }\n---\n${fence('echo {{a}}')}`)).toEqual(
      found,
    );
});

test('what a step further down captures is said to come from there, wherever it is used', async () => {
  for (const [info, text] of [
    ['bash when="{{found}} = 3"', 'true'],
    ['bash when="found = 3"', 'true'],
    ['bash', 'echo {{found}}'],
  ] as const) {
    const page = `${fence(text, info)}\n## Later\n\n~~~bash name=look capture=found\necho 3\n~~~\n`;
    const messages = check(await read(page), {}).map(({ message }) => message);
    expect([info, messages.join()]).toEqual([
      info,
      expect.stringContaining('step `look` captures it, further down on line 9'),
    ]);
    expect(messages.join()).not.toContain('needs a value');
  }
});
