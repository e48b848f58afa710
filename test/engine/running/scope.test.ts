import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkRunbook } from '../../../src/checking.ts';
import type { RunRequest } from '../../../src/engine/model/plan.ts';
import { workplace } from '../../support/engine.ts';

const sub = (takes: string): string =>
  `---\ninputs: { env: { ${takes} } }\n---\n\n# Sub\n\n~~~bash name=deploy\necho "{{env}}" >> done\n~~~\n`;
const top = (inputs: string, link: string, before = ''): string =>
  `---\n${inputs}\n---\n\n# T\n\n~~~bash name=before\necho begun >> done\n~~~\n\n${before}${link}1. [Sub](sub.md)\n`;
const mapped = (value: string): string => `<!-- handrail: with.env="${value}" -->\n`;
const find = (name: string, value: string): string =>
  `~~~bash name=find capture=${name}\necho ${value}\n~~~\n\n`;

interface Way {
  readonly page: (value: string) => string;
  readonly request?: (value: string) => Partial<RunRequest>;
  /** What finds a wrong value, the earliest first. */
  readonly found: 'check' | 'plan' | 'run';
}

/** Every way in which a value comes to a linked page. */
const WAYS: Readonly<Record<string, Way>> = {
  'the default of an input that is mapped': {
    page: (value) => top(`inputs: { target: { default: ${value} } }`, mapped('{{target}}')),
    found: 'check',
  },
  'the default of an input of the same name': {
    page: (value) => top(`inputs: { env: { default: ${value} } }`, ''),
    found: 'check',
  },
  'an environment': {
    page: (value) =>
      top(
        `inputs: { target: { default: prod } }\nenvironments: { there: { values: { target: ${value} } } }`,
        mapped('{{target}}'),
      ),
    request: () => ({ environment: 'there' }),
    found: 'check',
  },
  'an input that is given and mapped': {
    page: () => top('inputs: { target: {} }', mapped('{{target}}')),
    request: (value) => ({ inputs: { target: value } }),
    found: 'plan',
  },
  'an input that is given under the same name': {
    page: () => top('inputs: { env: {} }', ''),
    request: (value) => ({ inputs: { env: value } }),
    found: 'plan',
  },
  'a capture that is mapped': {
    page: (value) => top('tags: [a]', mapped('{{target}}'), find('target', value)),
    found: 'run',
  },
  'a capture over a default': {
    page: (value) =>
      top(
        `inputs: { target: { default: ${value === 'prod' ? 'staging' : 'prod'} } }`,
        mapped('{{target}}'),
        find('target', value),
      ),
    found: 'run',
  },
  'a capture of the same name': {
    page: (value) => top('inputs: { env: { default: x } }', '', find('env', value)),
    found: 'run',
  },
};

const TAKES = ['choices: [dev, prod]', 'pattern: "(?:dev|prod)"', 'pattern: "[a-z]{3,4}"'];
const done = (folder: string): string =>
  existsSync(`${folder}/done`) ? readFileSync(`${folder}/done`, 'utf8') : '';
const errorsIn = async (folder: string): Promise<string> =>
  (await checkRunbook(`${folder}/ops.md`, { hasCommand: () => true }))
    .flatMap(({ severity, message }) => (severity === 'error' ? [message] : []))
    .join('\n');

describe.each(Object.entries(WAYS))('%s', (_, { page, request, found }) => {
  test.each(TAKES)('is held against `%s` of the page that is linked to', async (takes) => {
    const place = workplace({ 'ops.md': page('staging'), 'sub.md': sub(takes) });
    const asked = { request: request?.('staging') ?? {} };
    if (found === 'check') expect(await errorsIn(place.folder)).toContain('`staging` for `env`');
    else expect(await errorsIn(place.folder)).toBe('');
    const { exitCode, report, why } = await place.run('ops.md', asked);
    expect(exitCode).toBe(found === 'run' ? 1 : 65);
    expect(done(place.folder)).toBe(found === 'run' ? 'begun\n' : '');
    expect(`${JSON.stringify(report.findings)} ${why}`).toContain('`env`');
  });

  test.each(TAKES)('goes through where `%s` takes it', async (takes) => {
    const place = workplace({ 'ops.md': page('prod'), 'sub.md': sub(takes) });
    expect(await errorsIn(place.folder)).toBe('');
    const { exitCode } = await place.run('ops.md', { request: request?.('prod') ?? {} });
    expect([exitCode, done(place.folder)]).toEqual([0, 'begun\nprod\n']);
  });
});

describe('a value that its page takes', () => {
  test('is none of a page further down, and is said where that is linked to', async () => {
    const place = workplace({
      'ops.md': top('inputs: { place: { default: staging } }', mapped('{{place}}')),
      'sub.md':
        '---\ninputs: { env: { choices: [staging] } }\n---\n\n# Sub\n\n<!-- handrail: with.env="{{env}}" -->\n1. [Low](low.md)\n',
      'low.md': sub('choices: [dev]').replace('# Sub', '# Low'),
    });
    expect((await place.run()).exitCode).toBe(65);
    expect(done(place.folder)).toBe('');
  });

  test('is not held against a page whose link is not followed', async () => {
    const link = `<!-- handrail: when="target = prod" with.env="{{target}}" -->\n`;
    const place = workplace({
      'ops.md': top('inputs: { target: { default: staging } }', link),
      'sub.md': sub('choices: [prod]'),
    });
    expect(await errorsIn(place.folder)).toBe('');
    const { exitCode, steps } = await place.run();
    expect([exitCode, Object.values(steps)]).toEqual([0, ['passed', 'skipped']]);
  });

  test('is not held against what a procedure that is not linked to uses', async () => {
    const other = '\n# Other\n\n~~~bash name=other\necho other >> done\n~~~\n';
    const place = workplace({
      'ops.md': top('inputs: { env: { default: staging } }', '').replace(
        '1. [Sub](sub.md)',
        '~~~bash name=mine\necho "{{env}}"\n~~~\n\n1. [Sub](sub.md#other)',
      ),
      'sub.md': `${sub('choices: [prod]')}${other}`,
    });
    expect(await errorsIn(place.folder)).toBe('');
    expect((await place.run()).exitCode).toBe(0);
    expect(done(place.folder)).toBe('begun\nother\n');
  });

  test('is `true` there where a boolean was given as `yes`', async () => {
    const place = workplace({
      'ops.md': top('tags: [a]', mapped('yes')),
      'sub.md': sub('type: boolean'),
    });
    expect((await place.run()).exitCode).toBe(0);
    expect(done(place.folder)).toBe('begun\ntrue\n');
  });
});

describe('the condition of a link', () => {
  const page = (when: string, env: string): string =>
    top(
      'inputs: { env: { default: main } }',
      `<!-- handrail: when="${when}" with.env=${env} -->\n`,
    );

  test.each([
    ['env = main', 'dev', 'passed'],
    ['env = dev', 'dev', 'skipped'],
    ['env != main', 'dev', 'skipped'],
    ['not env = dev', 'dev', 'passed'],
  ])(
    '`%s` asks for the value around it, not for `%s` that it gives',
    async (when, env, outcome) => {
      const place = workplace({ 'ops.md': page(when, env), 'sub.md': sub('') });
      const { exitCode, steps } = await place.run();
      expect([exitCode, Object.values(steps)[1]]).toEqual([0, outcome]);
    },
  );

  test.each([
    ['env = main', 'env = dev', 'passed'],
    ['env = main', 'env = main', 'skipped'],
    ['env = dev', 'env = dev', 'skipped'],
  ])(
    '`%s` and that of a step there, `%s`, are each asked where they stand',
    async (outer, inner, outcome) => {
      const place = workplace({
        'ops.md': page(outer, 'dev'),
        'sub.md': sub('').replace('name=deploy', `name=deploy when="${inner}"`),
      });
      const { exitCode, steps } = await place.run();
      expect([exitCode, Object.values(steps)[1]]).toEqual([0, outcome]);
    },
  );
});
