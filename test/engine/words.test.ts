import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeUnattendedOperator } from '../../src/cli/running/unattended-operator.ts';
import { readTests, UnreadableTests } from '../../src/cli/testing/read-tests.ts';
import { TEST_WORDS } from '../../src/cli/testing/test-words.ts';
import { ANNOTATIONS } from '../../src/engine/model/annotations.ts';
import { FRONTMATTER } from '../../src/engine/model/frontmatter.ts';
import { DEFAULT_REQUEST } from '../../src/engine/model/plan.ts';
import type { TextForm, Value, Words } from '../../src/engine/model/word.ts';
import { planRun } from '../../src/engine/plan.ts';
import type { ReadRunbook } from '../../src/engine/planning/expand-links.ts';
import { stepTypes } from '../../src/steps/index.ts';
import { workplace } from '../support/engine.ts';
import { startPostgres } from '../support/postgres.ts';
import { read } from '../support/read.ts';

const annotations: Words = ANNOTATIONS;
const frontmatter: Words = FRONTMATTER;

/** Who answers where nobody is there. */
const nobody = makeUnattendedOperator();

/** A value that the kind takes, and one that it does not; `null`: every text is taken. */
function valuesOf(value: Value): readonly [string, string | null] {
  switch (value.kind) {
    case 'text':
      if (value.form === 'on-fail') return ['continue', 'otherwise'];
      if (value.form === 'place') return ['container:web', 'otherwise'];
      if (value.form === 'each') return ['item in mode', 'otherwise'];
      return value.form === 'condition' ? ['mode = fast', 'mode ='] : ['anything', null];
    case 'flag':
      return ['true', 'maybe'];
    case 'duration':
    case 'span':
      return ['1h30m', 'banana'];
    case 'count':
    case 'number':
      return ['2', 'x'];
    case 'codes':
      return ['0,3', 'ok'];
    case 'choice':
      return [value.of[0] ?? '', 'otherwise'];
    default:
      return ['', null];
  }
}

const simple = (table: Words): [string, Value][] =>
  Object.entries(table)
    .filter(([, { value }]) => !['map', 'group', 'groups', 'texts', 'scalars'].includes(value.kind))
    .map(([name, { value }]) => [name, value]);

/** A page in which words stand at a place of the table. */
const STANDING: Readonly<Record<string, (words: string) => string>> = {
  shell: (words) => `\`\`\`bash ${words}\ntrue\n\`\`\`\n`,
  script: (words) => `\`\`\`python run ${words}\nprint(1)\n\`\`\`\n`,
  sql: (words) => `\`\`\`sql ${words}\nselect 1\n\`\`\`\n`,
  http: (words) => `\`\`\`http run ${words}\nGET https://localhost/\n\`\`\`\n`,
  threshold: (words) =>
    `<!-- handrail: ${words} -->\n| Metric | Warning | Check |\n|---|---|---|\n| Load | > 4 | \`nproc\` |\n`,
  checklist: (words) => `<!-- handrail: ${words} -->\n- [ ] Look\n`,
  manual: (words) => `<!-- handrail: ${words} -->\n1. Call the on-call engineer\n`,
  runbook: (words) => `<!-- handrail: ${words} -->\n1. [Back up](backup.md)\n`,
  heading: (words) => `<!-- handrail: ${words} -->\n# Look\n\n- [ ] Look\n`,
  output: (words) =>
    `\`\`\`bash\necho a\n\`\`\`\n\nExpected output:\n\n\`\`\`text ${words}\na\n\`\`\`\n`,
  shown: (words) => `\`\`\`yaml ${words}\na: 1\n\`\`\`\n`,
};

const typeNamed = (place: string) => stepTypes.find(({ name }) => name === place);

/** Words at a place where the first of them means something. */
function standing(name: string, words: string): string {
  const { at: [group = 'script'] = [], beside } = annotations[name] ?? {};
  const place = stepTypes.find(({ takes }) => takes?.includes(group as never))?.name ?? group;
  const page = STANDING[place]?.(beside === undefined ? words : `${words} ${beside}=1`) ?? '';
  return name === 'holds' ? `# T\n\nIf the disk is full:\n\n${page}` : page;
}

describe('every word of the table', () => {
  let url = '';
  let stop = async (): Promise<void> => {};
  beforeAll(async () => {
    const postgres = await startPostgres();
    url = postgres.url;
    stop = () => postgres.stop();
  });
  afterAll(() => stop());

  test.each([
    ...Object.entries(annotations).map(([name, word]) => [`annotation ${name}`, word] as const),
    ...Object.entries(frontmatter).map(([name, word]) => [`frontmatter ${name}`, word] as const),
  ])('%s has a meaning, and an example that is clean and runs', async (_, word) => {
    expect(word.meaning).toMatch(/^\p{Lu}.*\.$/u);
    const { example = '', exitCode = 0 } = word;
    const { diagnostics } = await read(example);
    expect(diagnostics).toEqual([]);
    const { run } = workplace(example);
    expect((await run('ops.md', { env: { DATABASE_URL: url }, operator: nobody })).exitCode).toBe(
      exitCode,
    );
  });

  test.each(simple(annotations))(
    'the annotation %s: right, nearly right, wrong',
    async (name, value) => {
      const head =
        '---\ninputs: { mode: { default: fast } }\nconnections: { anything: { url: x } }\n---\n';
      const errorsOf = async (word: string): Promise<readonly string[]> =>
        (await read(`${head}\n${standing(name, word)}`)).diagnostics
          .filter(({ severity, rule }) => severity === 'error' && /annotation/.test(rule))
          .map(({ message, hint = '' }) => `${message} ${hint}`);
      const [right, wrong] = valuesOf(value);
      expect(await errorsOf(`${name}="${right}"`)).toEqual([]);
      if (name.length > 4) {
        const near = `${name.slice(0, -1)}${name.at(-1) === 'q' ? 'z' : 'q'}`;
        expect((await errorsOf(`${near}="${right}"`)).join()).toContain(
          `Did you mean \`${name}\`?`,
        );
      }
      if (wrong === null) return;
      const found = (await errorsOf(`${name}="${wrong}"`)).join();
      expect(found).toContain(`\`${name}=${wrong}\` is wrong`);
      if (value.kind === 'choice')
        for (const one of value.of) expect(found).toContain(`\`${one}\``);
    },
  );

  test.each(simple(frontmatter))(
    'the field %s: right, nearly right, wrong',
    async (name, value) => {
      const errorsOf = async (line: string): Promise<readonly string[]> =>
        (await read(`---\n${line}\ninputs: {}\n---\n\n- [ ] Look\n`)).diagnostics
          .filter(({ severity }) => severity === 'error')
          .map(({ message, hint = '' }) => `${message} ${hint}`);
      const [right, wrong] = name === 'timezone' ? ['Europe/Oslo', 'Mars/X'] : valuesOf(value);
      expect(await errorsOf(`${name}: ${right}`)).toEqual([]);
      const near = `${name.slice(0, -1)}q`;
      expect((await errorsOf(`${near}: ${right}`)).join()).toContain(`\`${near}`);
      if (wrong === null) return;
      expect((await errorsOf(`${name}: ${wrong}`)).join()).toContain(wrong);
    },
  );
});

/** What a text of that form may say, in a page that has an input `mode`, a connection `main` and a procedure `#t`. */
const OF_FORM: Readonly<Record<TextForm, string>> = {
  command: 'printf',
  condition: 'mode = fast',
  connection: 'main',
  cron: '5 4 * * *',
  database: 'postgresql://db1/shop',
  date: '2199-02-03',
  each: 'item in mode',
  env: 'MODE',
  host: 'ada@db1',
  input: 'mode',
  'on-fail': 'continue',
  pattern: '[a-z]+',
  place: 'container:web',
  regex: '[a-z]+',
  rules: 'no-language',
  timezone: 'Europe/Oslo',
  words: 'shop, web',
  webhook: 'https://a.example/x',
};

/** A value that a word of the kind takes. */
function rightOf(value: Value): unknown {
  switch (value.kind) {
    case 'text':
      return value.form === undefined ? 'anything' : OF_FORM[value.form];
    case 'texts':
      return [value.of?.[0] ?? (value.form === undefined ? 'anything' : OF_FORM[value.form])];
    case 'flag':
      return true;
    case 'duration':
    case 'span':
      return '1h30m';
    case 'count':
    case 'number':
      return 2;
    case 'codes':
      return [0, 3];
    case 'choice':
      return value.of[0];
    case 'scalar':
      return 'fast';
    case 'scalars':
      return ['fast'];
    case 'map':
      return { [value.names === undefined ? 'mode' : OF_FORM[value.names]]: rightOf(value.of) };
    case 'group':
    case 'groups': {
      const needed = Object.entries(value.words).filter(([, { required }]) => required === true);
      const one = Object.fromEntries(needed.map(([name, word]) => [name, rightOf(word.value)]));
      return value.kind === 'group' ? one : [one];
    }
    default:
      return value satisfies never;
  }
}

/** The same with its last letter turned. */
const nearly = (word: string): string => `${word.slice(0, -1)}${word.at(-1) === 'q' ? 'z' : 'q'}`;

/** What has to stand beside a word for it to mean something. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'lock.wait': { policy: 'wait' },
  'notify.format': { webhook: 'https://a.example/x' },
  'notify.key': { webhook: 'https://a.example/x', format: 'pagerduty' },
  'notify.on': { webhook: 'https://a.example/x' },
  'notify.timeout': { webhook: 'https://a.example/x' },
  notify: { webhook: 'https://a.example/x' },
};

describe('every word of the tables, also below another', () => {
  /** A page in which the word of that path, or what is nearly it, has a right value. */
  const pageOf = (path: string, around: Around, value: unknown, isNear: boolean): string => {
    const [field = ''] = path.split('.');
    const last = path.slice(path.lastIndexOf('.') + 1);
    const at = path === field && isNear ? nearly(field) : field;
    const beside = BESIDE[path];
    const whole = around(value);
    const withBeside = (one: unknown): unknown =>
      beside === undefined ? one : { ...(one as object), ...beside };
    const said = JSON.stringify(Array.isArray(whole) ? whole.map(withBeside) : withBeside(whole));
    const line = isNear && path !== field ? said.replace(`"${last}":`, `"${nearly(last)}":`) : said;
    const others = {
      inputs: '{ mode: { default: fast } }',
      connections: '{ main: { url: shop } }',
      infer: 'true',
    };
    const rest = Object.entries(others).flatMap(([name, one]) =>
      name === field ? [] : [`${name}: ${one}`],
    );
    return `---\n${[`${at}: ${line}`, ...rest].join('\n')}\n---\n\n# Anything\n\n- [ ] Look\n\n${standing('timeout', '')}\n${STANDING['sql']?.('')}\n${STANDING['runbook']?.('')}`;
  };
  const errorsOf = async (page: string): Promise<string> =>
    (await read(page)).diagnostics
      .filter(({ severity }) => severity !== 'info')
      .map(({ message, hint = '' }) => `${message} ${hint}`)
      .join('\n');

  test.each(everyWord(frontmatter, () => (tried) => tried))(
    'the field %s takes what is right, and its name nearly written is told',
    async (path, value, _, around) => {
      const last = path.slice(path.lastIndexOf('.') + 1);
      expect(await errorsOf(pageOf(path, around, rightOf(value), false))).toEqual('');
      // What a map of the author's own names holds has no name to be nearly written.
      const found = await errorsOf(pageOf(path, around, rightOf(value), true));
      expect(found).toContain(`\`${path.includes('.') ? path.split('.')[0] : nearly(last)}`);
      expect(found).toMatch(new RegExp(`(?<![\\w-])${last}(?![\\w-])`));
    },
  );
});

/** What no word of a kind can mean, the empty value first; none for what takes every value. */
function neverOf(value: Value, required = false): readonly unknown[] {
  switch (value.kind) {
    case 'text':
      return value.empty === true ? [] : ['', ' ', ...(OF_NO_FORM[value.form ?? ''] ?? [])];
    case 'texts':
      if (value.of !== undefined) return ['', ['otherwise'], ...(required ? [[]] : [])];
      return ['', [''], ...(OF_NO_FORM[value.form ?? ''] ?? []), ...(required ? [[]] : [])];
    case 'flag':
    case 'choice':
      return ['', 'otherwise', ['true']];
    case 'duration':
    case 'span':
      return ['', 'banana', ...(value.some === true ? [0, '0s'] : [])];
    case 'count':
      return ['', -1, 'three', ...(value.most === undefined ? [] : [value.most + 1])];
    case 'number':
      return ['', -1, 'three'];
    case 'codes':
      return ['', 256];
    case 'scalar':
      return [{ a: 1 }];
    case 'scalars':
      return ['', []];
    case 'map':
      return ['', [], { '': 'x' }, ...(value.names === undefined ? [] : [{ 'a b': 'x' }])];
    case 'group':
      return ['', []];
    case 'groups':
      return ['', {}, ...(required ? [[]] : [])];
    default:
      return value satisfies never;
  }
}

const OF_NO_FORM: Readonly<Record<string, readonly unknown[]>> = {
  command: ['bash curl'],
  cron: ['99 * * * *', '0 0 31 2 *', '0 0 31 4,6,9,11 *', '@nightly'],
  database: ['mysql://db1/shop'],
  date: ['2026-02-31', 'soon'],
  each: ['hosts'],
  env: ['A B', '1X', 'A-B'],
  host: ['db1 db2', 'db1,db2', '-oProxyCommand=x'],
  input: ['a b', '1a'],
  'on-fail': ['goto three'],
  pattern: ['['],
  timezone: ['Mars/X'],
  webhook: ['not an address', 'ftp://a.example/x', 'https://'],
  words: [',', 'a,,b'],
};

/** A value with what its kind needs at least, and at a path below it what is tried. */
type Around = (tried: unknown) => unknown;

/** Every word of a table and below it, with the value of the top word in which it stands. */
function everyWord(
  words: Words,
  around: (name: string) => Around,
  path = '',
): readonly (readonly [string, Value, boolean, Around])[] {
  return Object.entries(words).flatMap(([name, { value, required = false }]) => {
    const place = around(name);
    const own = [[`${path}${name}`, value, required, place] as const];
    return [...own, ...below(value, place, `${path}${name}.`)];
  });
}

function below(
  value: Value,
  place: Around,
  path: string,
): readonly (readonly [string, Value, boolean, Around])[] {
  if (value.kind === 'map') return below(value.of, (tried) => place({ a: tried }), `${path}a.`);
  if (value.kind !== 'group' && value.kind !== 'groups') return [];
  const needed = Object.entries(value.words).filter(([, { required }]) => required === true);
  const base = Object.fromEntries(needed.map(([name, word]) => [name, rightOf(word.value)]));
  const isList = value.kind === 'groups';
  const around = (name: string): Around => {
    return (tried) => place(isList ? [{ ...base, [name]: tried }] : { ...base, [name]: tried });
  };
  return everyWord(value.words, around, path);
}

describe('every word of a file of tests', () => {
  const words = everyWord(TEST_WORDS, (name) => (tried) => ({
    tests: [{ name: 'x' }],
    [name]: tried,
  }));
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-words-')), 'ops.test.yaml');
  /** What is wrong with a file, each with its line. */
  const wrongIn = async (text: string): Promise<readonly string[]> => {
    writeFileSync(file, text);
    return readTests(file).then(
      () => [],
      (error: unknown) => {
        if (!(error instanceof UnreadableTests)) throw error;
        return error.findings.map(({ line, message }) => `${line}: ${message}`);
      },
    );
  };

  test.each(words)('%s: right, nearly right', async (path, value, _, around) => {
    const last = path.slice(path.lastIndexOf('.') + 1);
    const right = JSON.stringify(around(rightOf(value)), null, 1);
    expect(await wrongIn(right)).toEqual([]);
    const near = nearly(last);
    const at = right.indexOf(
      `"${last}":`,
      path.includes('.') ? right.indexOf(path.split('.').at(-2) ?? '') : 0,
    );
    const text = `${right.slice(0, at)}"${near}":${right.slice(at + last.length + 3)}`;
    const line = text.slice(0, at).split('\n').length;
    const told = (await wrongIn(text)).find((one) => one.includes(near)) ?? '';
    expect(told).toMatch(new RegExp(`^${line}: there is no \`[^\`]*${near}\``));
    if (last.length > 4) expect(told).toContain(`did you mean \`${last}\`?`);
  });

  test('is told of where several are wrong in one place, one that is needed among them', async () => {
    const text = 'tests:\n  - nmae: x\n    exepct: {}\n    comands: {}\n    env: { A B: 1 }\n';
    expect(await wrongIn(text)).toEqual([
      '2: `tests.0` needs `name`.',
      '2: there is no `tests.0.nmae`; did you mean `name`?',
      '3: there is no `tests.0.exepct`; did you mean `expect`?',
      '4: there is no `tests.0.comands`; did you mean `commands`?',
      expect.stringMatching(/^5: `tests\.0\.env\.A B` cannot be called so/),
    ]);
  });
});

describe('a value that can never work, or none at all', () => {
  const nobodyReads: ReadRunbook = () => Promise.reject(new Error('nothing is linked to'));

  /** One judge: check finds it, and there is no plan of it, neither to say (a dry run) nor to carry out. */
  const refused = async (page: string): Promise<string> => {
    const runbook = await read(page);
    const request = { ...DEFAULT_REQUEST, all: true };
    await expect(planRun(runbook, request, nobodyReads), page).rejects.toMatchObject({
      code: 'RUNBOOK_REFUSED',
    });
    return runbook.diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ message, hint = '' }) => `${message} ${hint}`)
      .join('\n');
  };

  test.each(everyWord(frontmatter, () => (tried) => tried))(
    'the field %s refuses it',
    async (path, value, required, around) => {
      const [field = ''] = path.split('.');
      const pageOf = (tried: unknown): string =>
        `---\n${field}: ${JSON.stringify(around(tried))}\n${field === 'requires' ? 'infer: true' : 'requires: {}'}\n---\n\n# T\n\n- [ ] Look\n`;
      for (const never of neverOf(value, required))
        expect(await refused(pageOf(never)), JSON.stringify(never)).toContain(`\`${field}`);
    },
  );

  test.each(everyWord(annotations, () => (tried) => tried).filter(([path]) => !path.includes('.')))(
    'the annotation %s refuses it',
    async (name, value) => {
      const head =
        '---\ninputs: { mode: { default: fast } }\nconnections: { anything: { url: x } }\n---\n\n';
      if (value.kind === 'map') {
        for (const dotted of ['', '1 x', 'a b'])
          expect(await refused(`${head}${standing(name, `"${name}.${dotted}"=x`)}`)).not.toBe('');
        return;
      }
      for (const never of neverOf(value).filter((one) => typeof one !== 'object')) {
        const page = `${head}${standing(name, `${name}="${never}"`)}`;
        expect(await refused(page), page).toContain(`\`${name}=`);
      }
    },
  );

  test('is refused in a file of tests as well', async () => {
    const file = `${mkdtempSync(join(tmpdir(), 'handrail-words-'))}/ops.test.yaml`;
    const words = everyWord(TEST_WORDS, (name) => (tried) => ({
      tests: [{ name: 'x' }],
      [name]: tried,
    }));
    expect(words.length).toBeGreaterThan(30);
    for (const [path, value, required, around] of words)
      for (const never of neverOf(value, required)) {
        writeFileSync(file, JSON.stringify(around(never)));
        await expect(readTests(file), `${path}: ${JSON.stringify(never)}`).rejects.toMatchObject({
          code: 'CONFIGURATION',
        });
      }
  });

  test.each([
    ['notify: [{ on: [failure] }]', 'tells nobody'],
    ['notify: [{ on: [failure], command: x, webhook: https://a.example }]', 'one entry tells one'],
    ['notify: [{ on: [failure], command: x, key: a }]', 'beside a `command`'],
    ['notify: [{ on: [failure], command: x, format: slack }]', 'beside a `command`'],
    ['notify: [{ on: [failure], webhook: https://a.example, format: pagerduty }]', '`key`'],
    ['notify: [{ on: [failure], webhook: https://a.example, key: a }]', 'pagerduty'],
    ['lock: { policy: skip, wait: 5m }', '`policy: skip`'],
    ['inputs: { a: { choices: [a, b], pattern: "[0-9]+" } }', '`[0-9]+`'],
    ['defaults: { name: x }', 'said of one step'],
    ['defaults: { capture: x }', 'said of one step'],
    ['hosts: db1 db2', '[db1, db2]'],
  ])('%s is refused, and the sentence says %s', async (line, why) => {
    expect(await refused(`---\n${line}\ninfer: true\n---\n\n- [ ] Look\n`)).toContain(why);
  });

  test.each([
    'notify: [{ on: [failure], webhook: "$HOOK" }]',
    'notify: [{ on: [failure], webhook: "https://$HOST/x/${TOKEN}" }]',
    'notify: [{ on: [failure], webhook: https://a.example, format: opsgenie, key: $KEY }]',
    'schedule: [{ cron: "0 0 29 2 *" }, { cron: "0 0 31 2 1" }, { cron: "0 0 30 4 *" }]',
    'hosts: [ada@db1, "db2.example"]',
    'connections: { a: { url: "postgresql://db1/shop" }, b: { url: "/run/postgresql" }, c: { url: shop } }',
    'inputs: { a: { default: "" }, b-c: { default: x }, d.e: null }',
    'lock: { policy: wait, wait: 0 }',
    'tags: []',
  ])('%s is none of them', async (line) => {
    const { diagnostics } = await read(`---\n${line}\ninfer: true\n---\n\n- [ ] Look\n`);
    expect(diagnostics).toEqual([]);
  });

  test('of another tool’s page is left in peace', async () => {
    const { diagnostics } = await read('---\nlayout: page\ntitle: ""\nowner:\n---\n\n- [ ] Look\n');
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  test('what a hint says to write holds', async () => {
    for (const name of Object.keys(frontmatter)) {
      const wrong = `---\n${name}: [[1]]\nrequires: {}\n---\n\n- [ ] Look\n`;
      if (name === 'requires') continue;
      const { diagnostics } = await read(wrong);
      const hint = diagnostics.find(({ message }) => message.includes(`\`${name}`))?.hint ?? '';
      const line = /^Write: (.*) See /.exec(hint)?.[1] ?? '';
      expect(line).toMatch(new RegExp(`^${name}: `));
      const page = await read(
        `---\n${line}\n---\n\n# Nightly\n\n- [ ] Look\n\n# Look\n\n- [ ] Look\n`,
      );
      const errors = page.diagnostics.filter(({ severity }) => severity === 'error');
      const found = errors.map(({ message }) => message);
      expect(found.filter((one) => !/which is not there|no input/.test(one))).toEqual([]);
    }
  });
});

describe('a word of the table that stands where it means nothing', () => {
  const placed = Object.entries(annotations).filter(([, { at }]) => at !== undefined);
  const head =
    '---\ninputs: { mode: { default: a } }\nconnections: { anything: { url: x } }\n---\n\n';
  const misplacedIn = async (page: string): Promise<readonly string[]> =>
    (await read(`${head}${page}`)).diagnostics
      .filter(({ message }) => message.includes('means nothing here'))
      .map(({ message, hint = '' }) => `${message} ${hint}`);

  test.each(placed)('%s is a finding there, and nowhere else', async (name, word) => {
    const [right] = valuesOf(word.value);
    const dotted = word.value.kind === 'map' ? `${name}.mode=a` : `${name}="${right}"`;
    const said = word.beside === undefined ? dotted : `${dotted} ${word.beside}=1`;
    for (const [place, page] of Object.entries(STANDING)) {
      // It makes its fence expected output, or a step.
      if (name === 'output' || (place === 'shown' && name === 'interpreter')) continue;
      const found = (await misplacedIn(page(said))).filter((one) => one.includes(`\`${name}\``));
      const isLent = place === 'shown' && found.length === 0;
      // Below the heading stands a checklist.
      const places = place === 'heading' ? ['heading', 'checklist'] : [place];
      const isTaken = word.at?.some((group) =>
        places.some((one) => one === group || typeNamed(one)?.takes?.includes(group as never)),
      );
      if (isTaken || isLent) expect([place, found]).toEqual([place, []]);
      else expect(found.join()).toContain(`handrail help annotations ${name}`);
    }
  });

  test.each([
    ['```bash delay=5s\ntrue\n```\n', '`retries=`'],
    ['```bash holds\ntrue\n```\n', 'no condition'],
    ['<!-- handrail: timeout=5s -->\n\nSome text.\n\n```bash\ntrue\n```\n', 'no step'],
    ['```bash\ntrue\n```\n\n<!-- handrail: timeout=5s -->\n', 'nothing stands below'],
    ['<!-- handrail: connection=anything -->\n# T\n\n```bash\ntrue\n```\n', 'below the heading'],
  ])('%j says why', async (page, why) => {
    expect((await misplacedIn(page)).join()).toContain(why);
  });

  test('is none where one of the steps that it holds for takes it', async () => {
    const page =
      '<!-- handrail: timeout=5s -->\n# T\n\n- [ ] Look\n\n```bash\ntrue\n```\n\n1. Do it:\n\n   ```bash timeout=3s\n   true\n   ```\n';
    expect(await misplacedIn(page)).toEqual([]);
    const defaults = '---\ndefaults: { connection: default, timeout: 5s }\n---\n';
    const { diagnostics } = await read(`${defaults}\n\`\`\`bash\ntrue\n\`\`\`\n`);
    expect(
      diagnostics.map(({ message, line }) => [message.includes('`connection`'), line]),
    ).toEqual([[true, 2]]);
  });
});

describe('words that mean nothing here', () => {
  test.each([
    ['if="a == b"', 'error'],
    ['zone2=web1', 'warning'],
    ['server=web1', 'error'],
    ['host2=web1', 'error'],
    ['register=x', 'error'],
    ['retry=3', 'error'],
    ['approvers=bob', 'error'],
    ['continue-on-error', 'error'],
    ['tags=x', 'error'],
    ['confrim', 'error'],
    ['frobnicate', 'warning'],
    ['background=true', 'error'],
  ])('%s is told of as %s', async (word, severity) => {
    const { diagnostics } = await read(`\`\`\`bash ${word}\ntrue\n\`\`\`\n`);
    expect(diagnostics.map((one) => one.severity)).toEqual([severity]);
  });

  test.each([
    'showLineNumbers {4} .no-copy',
    'title="Terminal" linenums="1" hl_lines="2 3"',
    'x-team=platform x-reviewed',
    '{"id":"01H","mimeType":"text/plain","terminalRows":"12"}',
  ])('%s is left in peace', async (words) => {
    expect((await read(`\`\`\`bash ${words}\ntrue\n\`\`\`\n`)).diagnostics).toEqual([]);
  });

  test.each([
    ['owners: me', 'warning'],
    ['shedule: []', 'error'],
    ['retries: 3', 'error'],
    ['approval: two people', 'warning'],
  ])('the field %s is told of as %s', async (line, severity) => {
    const { diagnostics } = await read(`---\n${line}\n---\n\n- [ ] Look\n`);
    expect(diagnostics.map((one) => one.severity)).toEqual([severity]);
  });

  test.each([
    ['inputs: { a: { pattern: "[" } }', 'inputs.a.pattern'],
    ['inputs: { a: { choices: [x, y], default: z } }', 'inputs.a.default'],
    ['inputs: { a: { type: number, default: x } }', 'inputs.a.default'],
    ['inputs: { a: { type: number, choices: [1, two] } }', 'inputs.a.choices'],
    ['schedule: [{ cron: "99 * * * *" }]', 'schedule.0.cron'],
    ['schedule: [{ procedure: nosuch, cron: "0 2 * * *" }]', 'nosuch'],
    ['on-alert: [nosuch]', 'nosuch'],
    ['on-alert: "#t"', '#t'],
    ['schedule: [{ cron: "0 2 * * *", timezone: Mars/X }]', 'schedule.0.timezone'],
    ['schedule: [{ cron: "0 2 * * *", inputs: { nosuch: 1 } }]', 'nosuch'],
    ['notify: [{ on: [fail], command: "true" }]', 'fail'],
    ['lock: { wait: ten }', 'lock.wait'],
    ['lock: { policy: queue }', '`skip`, `wait` or `fail`'],
    ['timeout: banana', 'timeout'],
    ['connections: { default: { url: x, readnly: true } }', 'connections.default.readnly'],
    ['connections: { default: { url: DATABASE_URL } }', '`$DATABASE_URL`'],
  ])('%s is a wrong value, and the finding names it', async (line, name) => {
    const { diagnostics } = await read(`---\n${line}\n---\n\n# T\n\n- [ ] Look\n`);
    expect(diagnostics.map(({ message }) => message).join('\n')).toContain(name);
    expect(diagnostics[0]?.line).toBe(2);
  });
});

/** Words that people bring along from other tools, each in three spellings, and what its hint has to name. */
const BROUGHT_ALONG: readonly (readonly [string, string])[] = [
  ['if', 'when='],
  ['unless', 'when='],
  ['needs', 'order'],
  ['depends-on', 'order'],
  ['sudo', 'sudo -n'],
  ['become', 'sudo -n'],
  ['user', 'sudo -n'],
  ['env', 'env.NAME'],
  ['retry', 'retries'],
  ['max-attempts', 'retries'],
  ['retry-count', 'retries'],
  ['interval', 'delay'],
  ['wait', 'sleep'],
  ['poll', 'retries'],
  ['on-error', 'on-fail'],
  ['on-failure', 'on-fail'],
  ['continue-on-error', 'on-fail'],
  ['ignore-errors', 'on-fail'],
  ['allow-failure', 'on-fail'],
  ['timeout-minutes', 'timeout'],
  ['timeout-seconds', 'timeout'],
  ['time-out', 'timeout'],
  ['deadline', 'timeout'],
  ['workdir', 'cwd'],
  ['working-directory', 'cwd'],
  ['register', 'capture'],
  ['save', 'capture'],
  ['exit-code', 'exit'],
  ['expect-exit', 'exit'],
  ['expected', 'Expected output'],
  ['target', 'host'],
  ['server', 'host'],
  ['ssh', 'host'],
  ['machine', 'host'],
  ['container', 'docker exec'],
  ['docker', 'in=container'],
  ['approve', 'confirm'],
  ['approvers', 'confirm'],
  ['dangerous', 'effect'],
  ['read-only', 'effect'],
  ['skip', 'ignore'],
  ['disabled', 'ignore'],
  ['finally', 'always'],
  ['loop', 'each='],
  ['foreach', 'each='],
  ['parallel', 'one step'],
  ['platform', 'when='],
  ['secret', 'secret: true'],
  ['undo', 'Rollback'],
];

describe('a word of other tools', () => {
  test.each(BROUGHT_ALONG)(
    '%s is an error that says %s, however it is spelt',
    async (word, here) => {
      const snake = word.replaceAll('-', '_');
      const camel = word.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
      for (const spelt of new Set([word, snake, camel, word.toUpperCase()]))
        for (const page of [
          `\`\`\`bash ${spelt}=x\ntrue\n\`\`\`\n`,
          `<!-- handrail: ${spelt}=x -->\n\`\`\`bash\ntrue\n\`\`\`\n`,
        ]) {
          const { diagnostics } = await read(page);
          expect(diagnostics.map(({ severity }) => severity)).toContain('error');
          expect(diagnostics.map(({ hint = '' }) => hint).join()).toContain(here);
        }
    },
  );

  test.each([
    ['sudo: true', 'sudo -n'],
    ['needs: [a]', 'link'],
    ['on_error: stop', 'on-fail'],
    ['vars: { a: 1 }', 'inputs'],
    ['parameters: { a: 1 }', 'inputs'],
    ['cron: "0 2 * * *"', 'schedule'],
    ['servers: [a]', 'hosts'],
    ['runs-on: linux', 'hosts'],
    ['approvers: [ada]', 'confirm'],
    ['concurrency: 1', 'lock'],
    ['database: x', 'connections'],
    ['workingDirectory: /x', 'cwd'],
    ['max_duration: 5m', 'timeout'],
    ['last_reviewed: 2026-01-01', 'review'],
    ['inputs: { a: { options: [x] } }', 'choices'],
    ['inputs: { a: { regex: x } }', 'pattern'],
    ['inputs: { a: { sensitive: true } }', 'secret'],
    ['inputs: { a: { prompt: x } }', 'description'],
  ])('the field %s is an error beside fields of ours, and says %s', async (line, here) => {
    const { diagnostics } = await read(`---\n${line}\nrequires: {}\n---\n\n- [ ] Look\n`);
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['error']);
    expect(diagnostics[0]?.hint).toContain(here);
  });

  test.each([
    ['!confirm', 'confirm=false'],
    ['timeout: 30s', 'timeout=…'],
    ['{retries: 3}', 'retries=…'],
    ['timeout=1s timeout=2s', 'once'],
    ['timeout=5 minutes', 'without a blank'],
    ['expect="ok"', 'Expected output'],
  ])('%s is an error that says %s', async (words, here) => {
    const { diagnostics } = await read(`\`\`\`bash ${words}\ntrue\n\`\`\`\n`);
    expect(diagnostics.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(0);
    expect(diagnostics.map(({ hint }) => hint).join()).toContain(here);
  });

  test('run=false leaves a fence out', async () => {
    expect((await read('```bash run=false\nfalse\n```\n')).steps).toEqual([]);
  });
});

describe('a condition of a runbook', () => {
  const page = (when: string): string =>
    `---\ninputs: { environment: { default: production, choices: [production, staging] }, days: { default: "9" } }\n---\n# T\n\n~~~bash\ntouch before\n~~~\n\n~~~bash capture=found\necho 7\n~~~\n\n~~~bash when="${when}"\ntouch done\n~~~\n`;

  test.each([
    'environment === production',
    'days <',
    'a === b &&',
    'nosuch = x',
    'environment = prodution',
    'days < ten',
    "'$environment' = production",
    "'{{environment}}' = production",
    '1 = 1',
    'found = days',
  ])('%s is refused before the first step', async (when) => {
    await expect(workplace(page(when)).run()).rejects.toMatchObject({ code: 'RUNBOOK_REFUSED' });
  });

  test('is judged with what was captured', async () => {
    const done = await workplace(page('found = 7 and {{environment}} == production')).run();
    expect(done.outcome).toBe('passed');
    expect(Object.values(done.steps)).toEqual(['passed', 'passed', 'passed']);
  });

  test.each([
    ['current < 1.9', '', 1],
    ['current < v1.9', '', 0],
    ['current < 1.9', 'type: number', 0],
    ['current_version < 1.9', '', 0],
    ['current = 1.9', '', 0],
  ])('%s (declared %j) says whether a number or a release is meant', async (when, type, count) => {
    const head = `---\ninputs: { current: { default: "1.8", ${type} }, current_version: { default: "1.10" } }\n---\n`;
    const { diagnostics } = await read(`${head}\n~~~bash when="${when}"\ntrue\n~~~\n`);
    expect(diagnostics.map(({ severity, hint }) => [severity, hint])).toEqual(
      Array.from({ length: count }, () => [
        'warning',
        'Write `v1.9` where `current` is a release number; else declare `current` with `type: number`.',
      ]),
    );
  });

  test('that cannot be judged fails its step', async () => {
    const text =
      '~~~bash when="environment = staging" capture=found\necho 7\n~~~\n\n~~~bash when="found = 7"\ntrue\n~~~\n';
    const head = '---\ninputs: { environment: { default: production } }\n---\n';
    const done = await workplace(`${head}\n${text}`).run();
    expect(done.why).toContain('`found` has no value here');
    expect(done.exitCode).toBe(1);
  });
});

describe('what a step captures', () => {
  test('is a variable of the shell as well, also after a resume', async () => {
    const place = workplace(
      '~~~bash capture=current\necho 1.2.3\n~~~\n\n~~~bash\ntest -e go\n~~~\n\n~~~bash\n[ "$current" = 1.2.3 ] && [ {{current}} = 1.2.3 ]\n~~~\n',
    );
    expect((await place.run()).exitCode).toBe(1);
    writeFileSync(`${place.folder}/go`, '');
    expect((await place.resume()).exitCode).toBe(0);
  });

  test('is checked against type and choices', async () => {
    const done = await workplace(
      '---\ninputs: { days: { type: number } }\n---\n\n~~~bash capture=days\necho soon\n~~~\n\n~~~bash\necho {{days}}\n~~~\n',
    ).run();
    expect(done.exitCode).toBe(1);
    expect(done.why).toContain('`days`');
  });

  test.each(['PATH', 'a b', '1st'])('%s is no name for it', async (name) => {
    const { diagnostics } = await read(`\`\`\`bash capture="${name}"\necho\n\`\`\`\n`);
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['annotation']);
  });
});

describe('the value of an input', () => {
  const page = [
    '---',
    'inputs: { who: { default: "*Ada* <b>" }, token: { env: TOK, secret: true } }',
    '---',
    '# Release for {{who}}',
    '',
    'Tell {{who}} and `{{who}}`, not {{token}}, nor {{.Names}}.',
    '',
    '```bash title="Greet {{who}}"',
    'echo hello {{who}}; test -n {{token}}',
    '```',
    '',
    'Expected output:',
    '',
    '```text',
    'hello {{who}}',
    '```',
    '',
    '- [ ] Tell {{who}} that it is out',
    '',
  ].join('\n');

  test('stands in titles, checklists, instructions and expectations, on screen and in the record', async () => {
    const asked: string[] = [];
    const place = workplace(page);
    const done = await place.run('ops.md', {
      env: { TOK: 's3cret-value' },
      operator: {
        async decide({ planned }) {
          asked.push(planned.step.title);
          return planned.step.effect === 'asks' ? { do: 'confirm' } : { do: 'run' };
        },
      },
    });
    expect(done.outcome).toBe('passed');
    expect(asked).toEqual(['Greet *Ada* <b>', 'Tell *Ada* <b> that it is out']);
    expect(done.report.steps.map(({ title }) => title)).toEqual(asked);
    const log = await place.handrail.render(await place.handrail.find(done.run));
    expect(log).toContain('- [x] Tell `*Ada* <b>` that it is out');
    expect(log).toContain('Tell `*Ada* <b>` and `*Ada* <b>`, not ***, nor {{.Names}}.');
    expect(log).toContain('echo hello {{who}};');
    expect(log).not.toContain('s3cret-value');
  });
});

test('the value of an input stands in the pasted output of a transcript', async () => {
  const done = await workplace(
    '---\ninputs: { who: { default: Ada } }\n---\n\n~~~console\n$ echo "for {{who}}"; echo at 10\nfor {{who}}\nat [..]\n~~~\n',
  ).run();
  expect(done.outcome).toBe('passed');
});

describe('what a failure leads to', () => {
  const page = (onFail: string): string =>
    `# D\n\n## One\n\n~~~bash on-fail="${onFail}"\necho one >> truth; false\n~~~\n\n## Two\n\n~~~bash\necho two >> truth\n~~~\n\n## Three\n\n~~~bash\necho three >> truth\n~~~\n\n## Rollback\n\n~~~bash\necho undone >> truth\n~~~\n`;

  test.each([
    ['stop', 1, 'one\n'],
    ['continue', 0, 'one\ntwo\nthree\n'],
    ['rollback', 1, 'one\nundone\n'],
    ['goto #three', 0, 'one\nthree\n'],
    ['goto #rollback', 1, 'one\nundone\n'],
  ])('on-fail=%s, without a person', async (onFail, exitCode, truth) => {
    const place = workplace(page(onFail));
    const done = await place.run();
    const { readFileSync } = await import('node:fs');
    expect([done.exitCode, readFileSync(`${place.folder}/truth`, 'utf8')]).toEqual([
      exitCode,
      truth,
    ]);
  });

  test.each(['goto #nosuch', 'goto three', 'restart'])('on-fail=%s is refused', async (onFail) => {
    await expect(workplace(page(onFail)).run()).rejects.toMatchObject({ code: 'RUNBOOK_REFUSED' });
  });

  test('it never goes back', async () => {
    const text = '## A\n\n~~~bash\ntrue\n~~~\n\n## B\n\n~~~bash on-fail="goto #a"\nfalse\n~~~\n';
    await expect(workplace(text).run()).rejects.toThrow('round in a circle');
  });
});

describe('an environment', () => {
  const page =
    '---\ninputs: { host: { default: here }, environment: { default: none } }\nenvironments:\n  staging: { values: { host: stage-1 } }\n  production: { values: { host: web-1 }, confirm: true }\n---\n\n~~~bash name=do\necho "{{host}} {{environment}}" > said\n~~~\n';
  const said = async (environment: string, more: object = {}): Promise<string> => {
    const place = workplace(page);
    const done = await place.run('ops.md', { request: { environment, ...more } });
    const { existsSync, readFileSync } = await import('node:fs');
    const file = `${place.folder}/said`;
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : `exit ${done.exitCode}`;
  };

  test('gives its values, which come behind those that are given', async () => {
    expect(await said('staging')).toBe('stage-1 staging');
    expect(await said('staging', { inputs: { host: 'mine' } })).toBe('mine staging');
  });

  test('that confirms lets nothing write without a yes', async () => {
    expect(await said('production')).toBe('exit 5');
    expect(await said('production', { approve: ['do'] })).toBe('web-1 production');
  });

  test('that is not there is refused, with the nearest', async () => {
    await expect(said('prodution')).rejects.toThrow('Did you mean `production`?');
  });

  test.each([
    ['environments: { a: { values: { nosuch: 1 } } }', 'environments.a.values.nosuch'],
    [
      'inputs: { n: { type: number } }\nenvironments: { a: { values: { n: x } } }',
      'which is no number',
    ],
    ['environments: { a: { confrim: true } }', 'environments.a.confrim'],
  ])('%s is a finding', async (line, name) => {
    const { diagnostics } = await read(`---\n${line}\n---\n\n- [ ] Look\n`);
    expect(diagnostics.map(({ message }) => message).join()).toContain(name);
  });
});
