import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { md, workplace } from '../../support/engine.ts';

const linked = (inputs: string): string =>
  md(`---\ninputs: ${inputs}\n---\n# Linked\n\n~~~bash name=it\necho "{{db}} $db" >> said\n~~~\n`);

const page = (links: string, inputs = ''): string =>
  md(`${inputs === '' ? '' : `---\ninputs: ${inputs}\n---\n`}# Top\n\n${links}`);

async function said(files: Readonly<Record<string, string>>): Promise<string> {
  const place = workplace(files);
  const ran = await place.run('ops.md');
  const path = `${place.folder}/said`;
  return `${ran.exitCode}\n${existsSync(path) ? readFileSync(path, 'utf8') : ''}`;
}

describe('an input of a linked runbook', () => {
  const one = linked('{ db: { default: one } }');
  const two = linked('{ db: { default: two } }');
  const open = linked('{ db: {} }');
  const both = '1. [One](one.md)\n2. [Two](two.md)\n';

  test.each<[string, Record<string, string>, string]>([
    ['its own default', { 'ops.md': page('1. [One](one.md)\n') }, 'one one\n'],
    [
      'the value of its link, in the shell as well',
      {
        'ops.md': page(
          '<!-- handrail: with.db=a-{{n}} -->\n1. [One](one.md)\n',
          '{ n: { default: 1 } }',
        ),
      },
      'a-1 a-1\n',
    ],
    [
      'the value of its link, beside another page that has its default',
      { 'ops.md': page(`<!-- handrail: with.db=a -->\n${both}`) },
      'a a\ntwo two\n',
    ],
    [
      'the value of the page that links to it',
      { 'ops.md': page(both, '{ db: { default: top } }') },
      'top top\ntop top\n',
    ],
    [
      'the value of the page between',
      {
        'ops.md': page('1. [Mid](mid.md)\n'),
        'mid.md': page('1. [One](one.md)\n', '{ db: { default: mid } }'),
      },
      'mid mid\n',
    ],
    [
      'the value of the link to the page between',
      {
        'ops.md': page('<!-- handrail: with.db=far -->\n1. [Mid](mid.md)\n2. [Two](two.md)\n'),
        'mid.md': page('1. [One](one.md)\n', '{ db: { default: mid } }'),
      },
      'far far\ntwo two\n',
    ],
  ])('has %s', async (_, files, expected) => {
    expect(await said({ 'one.md': one, 'two.md': two, ...files })).toBe(`0\n${expected}`);
  });

  test.each([
    ['two defaults', one, two],
    ['a default and none', one, open],
    ['none and a default', open, one],
    ['a default and a command', one, linked('{ db: { command: echo x } }')],
  ])('with %s in two pages is refused before the first step', async (_, first, second) => {
    const files = { 'ops.md': page(both), 'one.md': first, 'two.md': second };
    const place = workplace(files);
    const ran = await place.run('ops.md');
    expect(ran.exitCode).toBe(65);
    expect(JSON.stringify(ran.events)).toContain('with.db=');
  });

  test('is shown to a person, and in titles, as its link gives it', async () => {
    const place = workplace({
      'ops.md': page('<!-- handrail: with.db=a -->\n1. [One](one.md)\n2. [Two](two.md)\n'),
      'one.md': md(
        '---\ninputs: { db: { default: one } }\n---\n# One\n\n## Drop {{db}} now\n\n~~~bash\ntrue\n~~~\n\n- [ ] Is {{db}} gone?\n',
      ),
      'two.md': two,
    });
    const { report } = await place.run('ops.md');
    expect(report.steps.map(({ title }) => title)).toEqual(['Drop a now', 'Is a gone?', 'Linked']);
  });
});
