import { describe, expect, test } from 'vitest';
import { bindInputs, type InputSources } from '../../src/engine/bind-inputs.ts';
import { findInputs, inputsOfStep, lostUses } from '../../src/engine/inputs.ts';
import type { Annotations } from '../../src/engine/model/annotations.ts';
import type { Frontmatter, InputDeclaration } from '../../src/engine/model/frontmatter.ts';
import type { PlannedStep } from '../../src/engine/model/plan.ts';
import type { InputUse, Step } from '../../src/engine/model/runbook.ts';
import { readShell } from '../../src/engine/shell/facts.ts';

let nextLine = 1;
/** A step whose text begins on line 10, 20, 30 … */
async function step(text: string, type = 'shell', annotations: Annotations = {}): Promise<Step> {
  const line = nextLine * 10;
  nextLine += 1;
  return {
    id: `step-${line}`,
    type,
    traits: { isRun: true, quoting: quotingOf(type) },
    title: `Step ${line}`,
    procedure: '',
    line: line - 1,
    endLine: line + text.split('\n').length,
    effect: 'writes',
    effectWhy: '',
    language: null,
    text,
    textLine: line,
    body: {},
    inputs: [],
    parts: [],
    expectation: null,
    annotations,
    why: '',
    inferred: false,
    label: '',
    ...(type === 'shell' ? { shell: await readShell(text) } : {}),
  };
}

const quotingOf = (type: string): 'shell' | 'sql' | 'http' | 'none' =>
  type === 'shell' || type === 'sql' || type === 'http' ? type : 'none';

async function find(
  texts: readonly (string | Step)[],
  frontmatter: Frontmatter = {},
): Promise<readonly InputUse[]> {
  nextLine = 1;
  const steps: Step[] = [];
  for (const text of texts) steps.push(typeof text === 'string' ? await step(text) : text);
  return findInputs(steps, frontmatter, quotingOf);
}
const spellings = async (
  texts: readonly (string | Step)[],
  frontmatter: Frontmatter = {},
): Promise<readonly string[]> =>
  (await find(texts, frontmatter)).map(({ spelling, lines }) => `${spelling} ${lines.join(',')}`);

describe('finding', () => {
  test('a declared input is used where its name stands in double braces', async () => {
    expect(
      await find(['echo {{version}} {{.Other}}\necho {{version}}', 'ls {{version}}'], {
        inputs: { version: { env: 'VERSION', default: 'x' }, unused: null },
      }),
    ).toEqual([
      {
        name: 'version',
        declared: true,
        spelling: '{{version}}',
        lines: [10, 11, 20],
        secret: false,
        bound: 'environment VERSION, default',
      },
      {
        name: 'unused',
        declared: true,
        spelling: '{{unused}}',
        lines: [],
        secret: false,
        bound: null,
      },
    ]);
  });

  test('titles, queries, requests and prose use declared inputs too', async () => {
    nextLine = 1;
    const steps = [
      await step('select {{id}}', 'sql'),
      await step('GET {{base}}/x', 'http'),
      { ...(await step('Look', 'manual')), title: 'Look at {{id}}' },
    ];
    const inputs = findInputs(steps, { inputs: { id: null, base: null } }, quotingOf);
    expect(inputs.map(({ name, lines }) => [name, lines])).toEqual([
      ['id', [10, 29]],
      ['base', [20]],
    ]);
  });

  test('spellings of the wild and free variables are inputs of their name', async () => {
    expect(await spellings(['deploy {VERSION}\nls $DIR <host>', 'echo $DIR'])).toEqual([
      '{VERSION} 10',
      '<host> 11',
      '$DIR 11,20',
    ]);
  });

  test('what an earlier step, requires.env, bash or the login sets is not free', async () => {
    expect(await spellings(['A=1', 'f() { B=1; }; f', 'echo $A $B $HOME $PWD $RANDOM $1'])).toEqual(
      ['$1 30'],
    );
    expect(await spellings(['echo $TOKEN'], { requires: { env: ['TOKEN'] } })).toEqual([]);
    expect(await spellings(['source ./env', 'echo $ANY'])).toEqual([]);
    expect(await spellings(['echo $LATER', 'LATER=1'])).toEqual(['$LATER 10']);
  });

  test('what a script of its own sets stays with it', async () => {
    expect(await spellings(['#!/bin/bash\nA=1', 'echo $A'])).toEqual(['$A 20']);
  });

  test('an annotation sets a variable for its own step', async () => {
    nextLine = 1;
    const own = await step('echo $A', 'shell', { env: { A: '1' } });
    expect(await spellings([own, 'echo $A'])).toEqual(['$A 10']);
  });

  test('a captured value is bound by the step that captures it, from then on', async () => {
    nextLine = 1;
    const before = await step('echo {{id}}');
    const capturing = await step('new-id', 'shell', { capture: 'id' });
    const writing = await step('echo "ticket=7" >> "$HANDRAIL_OUTPUT"');
    const after = await step('echo {{id}} {{ticket}}');
    expect(
      findInputs([capturing, writing, after], {}, quotingOf).map(({ name, bound }) => [
        name,
        bound,
      ]),
    ).toEqual([
      ['id', 'step step-20'],
      ['ticket', 'step step-30'],
    ]);
    expect(findInputs([before, capturing], {}, quotingOf)[0]?.bound).toBeNull();
  });

  test('secrets are declared, or known by their names', async () => {
    const inputs = await find(['echo {{a}} {{api_token}} {{c}} {{d}} $DB_PASSWORD'], {
      inputs: {
        a: { secret: true },
        api_token: null,
        c: { env: 'SIGNING_KEY' },
        d: { secret: false },
      },
    });
    expect(inputs.map(({ name, secret }) => [name, secret])).toEqual([
      ['a', true],
      ['api_token', true],
      ['c', true],
      ['d', false],
      ['DB_PASSWORD', true],
    ]);
  });

  test('one step tells the names it uses', async () => {
    const one = await step('echo {{a}} {{b}} {C} $D {{a}}');
    expect(inputsOfStep(one, 'shell', new Set(['a']))).toEqual(['a', 'b', 'C']);
  });
});

describe('binding', () => {
  const nobody: InputSources = {
    given: [],
    known: [],
    captured: [],
    env: {},
    runCommand: () => Promise.resolve({ why: 'there is no shell here' }),
    ask: null,
  };
  const bind = async (
    texts: readonly string[],
    frontmatter: Frontmatter,
    sources: Partial<InputSources> = {},
  ) => bindInputs(await find(texts, frontmatter), frontmatter, { ...nobody, ...sources }, 'a.md');

  test('the first source that has a value gives it', async () => {
    const frontmatter: Frontmatter = {
      inputs: { v: { env: 'V', command: 'make-v', default: 'from default' } },
    };
    const all: InputSources = {
      given: [
        { name: 'v', value: 'from person', source: '--input' },
        { name: 'v', value: 'from file', source: 'file x.yaml' },
      ],
      known: [],
      captured: [{ name: 'v', value: 'from step', secret: false, source: 'step a' }],
      env: { V: 'from environment' },
      runCommand: () => Promise.resolve({ value: 'from command' }),
      ask: () => Promise.resolve('from operator'),
    };
    const order: (keyof InputSources)[] = ['given', 'captured', 'env', 'runCommand'];
    const sources: InputSources = { ...all };
    const seen: unknown[] = [];
    for (const key of [...order, null]) {
      seen.push((await bind(['echo {{v}}'], frontmatter, sources)).values);
      if (key !== null) Object.assign(sources, { [key]: nobody[key] });
    }
    expect(seen).toEqual(
      [
        ['from person', '--input'],
        ['from step', 'step a'],
        ['from environment', 'environment V'],
        ['from command', 'command'],
        ['from default', 'default'],
      ].map(([value, source]) => [{ name: 'v', value, secret: false, source }]),
    );
  });

  test('the operator is asked last, with what the declaration says', async () => {
    const asked: unknown[] = [];
    const { values, unbound } = await bind(
      ['echo {{v}} {W} $X'],
      { inputs: { v: { description: 'which', choices: ['a', 'b'], secret: true } } },
      {
        ask: (name, question) => {
          asked.push([name, question]);
          return Promise.resolve(name === 'v' ? 'b' : name === 'W' ? 'w' : undefined);
        },
      },
    );
    expect(asked).toEqual([
      ['v', { description: 'which', secret: true, choices: ['a', 'b'] }],
      ['W', { description: '', secret: false, choices: [] }],
      ['X', { description: '', secret: false, choices: [] }],
    ]);
    expect(values.map(({ name, value, source }) => [name, value, source])).toEqual([
      ['v', 'b', 'operator'],
      ['W', 'w', 'operator'],
    ]);
    expect(unbound.map(({ rule }) => rule)).toEqual(['free-variable']);
  });

  test('a wrong answer is asked for again, with the reason', async () => {
    const answers = ['x', '7'];
    const said: string[] = [];
    const { values } = await bind(
      ['echo {{n}}'],
      { inputs: { n: { type: 'number' } } },
      {
        ask: (_, { description }) => {
          said.push(description);
          return Promise.resolve(answers.shift());
        },
      },
    );
    expect(values[0]?.value).toBe('7');
    expect(said).toEqual(['', 'That value is no number.']);
  });

  test('everything unbound is named at once, with its lines', async () => {
    const { values, unbound } = await bind(
      ['echo {{v}} {VERSION} <host>\nls $DIR/*', 'echo {{v}} $1'],
      { inputs: { v: { command: 'x' } } },
    );
    expect(values).toEqual([]);
    expect(unbound.map(({ rule, line, message }) => `${rule} ${line} ${message}`)).toEqual([
      'unbound-input 10 Nothing gives input `v` a value: `{{v}}` (lines 10, 20). Its command gives none: there is no shell here',
      'unbound-input 10 Nothing gives input `VERSION` a value: `{VERSION}` (line 10).',
      'unbound-input 10 Nothing gives input `host` a value: `<host>` (line 10).',
      'free-variable 11 Nothing sets `$DIR` (line 11).',
      'free-variable 20 Nothing sets `$1` (line 20).',
    ]);
  });

  test('a free variable is bound by the environment on its own, unless it is empty there', async () => {
    expect(await bind(['ls $DIR'], {}, { env: { DIR: '/x' } })).toEqual({
      values: [],
      unbound: [],
    });
    expect((await bind(['ls $DIR'], {}, { env: { DIR: '' } })).unbound).toHaveLength(1);
  });

  test('an input that may be left out is empty, and one that is unused is not asked for', async () => {
    const { values, unbound } = await bind(['echo {{v}}'], {
      inputs: { v: { required: false }, unused: null },
    });
    expect(values).toEqual([{ name: 'v', value: '', secret: false, source: 'default' }]);
    expect(unbound).toEqual([]);
  });

  test('an unknown name is refused with the nearest', async () => {
    await expect(
      bind(
        ['echo {{name}}'],
        { inputs: { name: null } },
        {
          given: [{ name: 'nmae', value: 'x', source: '--input' }],
        },
      ),
    ).rejects.toThrow('`a.md` has no input `nmae`. Did you mean `name`?');
    await expect(
      bind(['echo x'], {}, { given: [{ name: 'v', value: 'x', source: '--input' }], known: ['v'] }),
    ).resolves.toEqual({ values: [], unbound: [] });
  });

  test.each([
    [{ type: 'number' }, '1e3', '1e3'],
    [{ type: 'number' }, '1; ls', null],
    [{ type: 'boolean' }, 'Yes', 'true'],
    [{ type: 'boolean' }, '0', 'false'],
    [{ type: 'boolean' }, 'perhaps', null],
    [{ choices: [1, 'two'] }, '1', '1'],
    [{ choices: [1, 'two'] }, '2', null],
    [{ pattern: 'v\\d+' }, 'v12', 'v12'],
    [{ pattern: 'v\\d+' }, 'v12\nx', null],
    [{ pattern: '(' }, '(', null],
  ] satisfies [InputDeclaration, string, string | null][])(
    '%j takes %j as %j',
    async (declaration, value, expected) => {
      const bound = bind(
        ['echo {{v}}'],
        { inputs: { v: declaration } },
        { given: [{ name: 'v', value, source: '--input' }] },
      );
      if (expected === null)
        await expect(bound).rejects.toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
      else expect((await bound).values[0]?.value).toBe(expected);
    },
  );

  test('a value that does not fit is never said', async () => {
    await expect(
      bind(
        ['echo {{pin}}'],
        { inputs: { pin: { secret: true, type: 'number' } } },
        {
          given: [{ name: 'pin', value: 'hush-hush', source: '--input' }],
        },
      ),
    ).rejects.toThrow('The value of input `pin` (--input) is no number.');
  });
});

/** A step of a plan, as those that lose a shell see it. */
const planned = (one: Step): PlannedStep => ({
  id: one.id,
  step: one,
  by: 'machine',
  needsApproval: false,
  condition: null,
  phase: 'main',
  from: null,
  probe: null,
});

describe('what a step to come uses of a shell that was lost with the step before', () => {
  const used = async (lost: string, later: Step): Promise<string> => {
    const shells = { behind: [], lost: planned(await step(lost)), rest: [planned(later)] };
    const found = lostUses(shells, { frontmatter: {}, inputs: [] }, quotingOf);
    return found.map(({ name }) => name).join(' ');
  };

  test.each([
    ['touch x', 'PWD UMASK'],
    ['cd /srv && touch x', 'UMASK'],
    ['cd ~/data; touch x', 'UMASK'],
    ['cd data && touch x', 'PWD UMASK'],
    ['if test -d /srv; then cd /srv; fi; touch x', 'PWD UMASK'],
    ['touch x; cd /srv', 'PWD UMASK'],
    ['umask 022; touch x', 'PWD'],
    ['touch x; umask 022', 'PWD UMASK'],
  ])('`%s`: %s', async (text, names) => {
    expect(await used('cd /tmp\numask 077', await step(text))).toBe(names);
  });

  test('no folder where it is annotated, no mask where nothing is written, and nothing where no shell runs', async () => {
    const lost = 'cd /tmp\numask 077';
    const touch = await step('touch x', 'shell', { cwd: '/srv' });
    expect(await used(lost, touch)).toBe('UMASK');
    expect(await used(lost, { ...(await step('ls')), effect: 'reads' })).toBe('PWD');
    const other = await step('SELECT 1', 'sql');
    expect(await used(lost, other)).toBe('');
    const script = await step('print(1)', 'script');
    expect(await used(lost, script)).toBe('PWD UMASK');
    const traits = { ...script.traits, isRun: false };
    expect(await used(lost, { ...script, traits })).toBe('');
  });

  test('only what the lost step set, until a step sets it anew', async () => {
    expect(await used('A=1 B=2', await step('echo $A $C'))).toBe('A');
    expect(await used('umask 077', await step('touch x'))).toBe('UMASK');
    const shells = {
      behind: [],
      lost: planned(await step('A=1')),
      rest: [planned(await step('A=2')), planned(await step('echo $A'))],
    };
    expect(lostUses(shells, { frontmatter: {}, inputs: [] }, quotingOf)).toEqual([]);
  });
});
