import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coversGlob, fitsGlob, loadPolicy } from '../../src/team/policy.ts';
import { policyDoubts } from '../../src/team/policy-doubts.ts';

const KEY = 'ssh-ed25519 AAAA';
const THREE = `ada ${KEY}1\nbo ${KEY}2\ncy ${KEY}3\n`;

async function doubts(rules: string, signers = THREE): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-policy-'));
  const at = (file: string): string => path.join(folder, file);
  writeFileSync(at('signers'), signers, { mode: 0o600 });
  const text = `allowed_signers: signers\nroles: { none: [], dba: [bo, cy] }\nrules:\n${rules}`;
  writeFileSync(at('policy.yaml'), text, { mode: 0o600 });
  const found = policyDoubts(await loadPolicy(at('policy.yaml')));
  return found.map(({ verdict, say }) => `${verdict}: ${say}`).join('\n');
}

const rule = (more: string, runbooks = '/srv/**'): string =>
  `  - { runbooks: ["${runbooks}"]${more} }\n`;

describe('a rule that cannot be meant so is told', () => {
  test.each([
    [
      'more approvals than who may give them',
      rule(', approvals: 3, approvers: [bo]'),
      /^bad: rule 1 asks for 3 approvals, and no more than 1 of/,
    ],
    [
      'more than there are beside who asks',
      rule(', approvals: 3'),
      /^bad: rule 1 asks for 3 approvals, and no more than 2 of/,
    ],
    [
      'an approver whom nobody knows',
      rule(', approvers: [robert]'),
      /^bad: rule 1 asks for 1 approvals?, and nobody of/,
    ],
    ['a role without members', rule(', approvers: ["@none"]'), /^bad: rule 1 .* nobody of/],
    [
      'who alone may ask is who alone may approve',
      rule(', requesters: [ada], approvers: [ada]'),
      /^bad: rule 1 .* nobody of/,
    ],
    ['nobody may ask', rule(', requesters: [adda]'), /^doubtful: rule 1 lets nobody ask/],
    ['a relative path', rule('', 'srv/**'), /^bad: rule 1 fits nothing by `srv\/\*\*`/],
    [
      'a stricter rule behind a wider one',
      rule('') + rule(', approvals: 2', '/srv/db/**'),
      /^bad: rule 2 never holds: rule 1 stands before it/,
    ],
    [
      'the same rule for somebody else',
      rule(', requesters: [ada]') + rule(', requesters: [bo]'),
      /^bad: rule 2 never holds/,
    ],
  ])('%s', async (_, rules, said) => {
    expect(await doubts(rules)).toMatch(said);
  });
});

describe('a policy that can be meant so is told nothing of', () => {
  test.each([
    ['as many approvals as there are others', rule(', approvals: 2')],
    ['an approval by a role', rule(', approvals: 2, approvers: ["@dba"], requesters: [ada]')],
    ['no approval', rule(', approvals: 0, approvers: [robert]')],
    ['a stricter rule before a wider one', rule(', approvals: 2', '/srv/db/**') + rule('')],
    [
      'rules of procedures',
      rule(', procedures: ["drop-*"], approvals: 2') + rule(', procedures: ["*"]'),
    ],
    ['a path that begins with any folder', rule('', '**/ops.md')],
  ])('%s', async (_, rules) => {
    expect(await doubts(rules)).toBe('');
  });

  test.each([
    ['a pattern', `ada ${KEY}1\n*@example.com ${KEY}2\n`],
    ['an authority', `ada ${KEY}1\n*@example.com cert-authority ${KEY}2\n`],
    [
      'an authority with more to it',
      `ada ${KEY}1\n* Cert-Authority,namespaces="handrail-*" ${KEY}2\n`,
    ],
  ])('where %s stands for who cannot be counted', async (_, signers) => {
    expect(await doubts(rule(', approvals: 3'), signers)).toBe('');
  });
});

/* What ssh-keygen(1) lets stand before a key. */
describe('whose signature cannot count is nobody to ask or agree', () => {
  const day = (days: number): string =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  test.each([
    ['a key that has run out', `valid-before="${day(-2)}"`, 'was valid before'],
    ['a key that has run out, to the second', 'Valid-Before="20200101120000Z"', 'was valid before'],
    ['a key that is not valid yet', `valid-after="${day(3)}"`, 'is valid after'],
    ['a key for something else', 'namespaces="git,file"', 'is for the namespaces `git,file`'],
    ['a key for all but this', 'namespaces="*,!handrail-*"', 'is for the namespaces'],
  ])('%s', async (_, options, said) => {
    const found = await doubts(rule(''), `ada ${KEY}1\nbo ${options} ${KEY}2\n`);
    expect(found).toContain(`doubtful: the key of bo in the allowed signers ${said}`);
    expect(found).toMatch(/^bad: rule 1 asks for 1 approvals, and nobody/m);
  });

  test('a key that may ask alone gives no approval', async () => {
    const found = await doubts(rule(''), `ada ${KEY}1\nbo namespaces="handrail-request" ${KEY}2\n`);
    // Bo may ask and ada may agree; the other way round nothing would start.
    expect(found).toBe('');
    const both = `ada namespaces="handrail-request" ${KEY}1\nbo namespaces="handrail-request" ${KEY}2\n`;
    expect(await doubts(rule(''), both)).toMatch(/^bad: rule 1 .* nobody/);
  });

  test.each([
    ['for what is signed here', 'namespaces="handrail-request,handrail-approval"'],
    ['by a pattern', `namespaces="git,handrail-*",valid-before="${day(3)}"`],
    ['already', `valid-after="${day(-3)}"`],
    ['by an authority of one name', 'cert-authority'],
  ])('a key that is valid %s counts', async (_, options) => {
    const signers = `ada ${KEY}1\n"bo"\t${options}  ${KEY}2 valid-before="20200101"\n`;
    expect(await doubts(rule(''), signers)).toBe('');
    expect(await doubts(rule(', approvals: 2'), signers)).toMatch(/no more than 1/);
  });
});

test('names and keys may stand apart by tabs, and names together', async () => {
  const apart = `ada,di\t${KEY}1\nbo\t${KEY}2\n`;
  expect([await doubts(rule(''), apart), await doubts(rule(', approvals: 2'), apart)]).toEqual([
    '',
    expect.stringContaining('no more than 1'),
  ]);
});

test('one key under two names is one approval', async () => {
  expect(await doubts(rule(', approvals: 2'), `ada ${KEY}1\nbo ${KEY}2\ncy ${KEY}2\n`)).toMatch(
    /no more than 1/,
  );
});

test('a pattern that covers another one fits every path that the other fits', () => {
  const part = fc.constantFrom('a', 'ab', 'b', '*', '?', 'a*', '*b', '**');
  const pattern = fc.array(part, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
  const file = fc
    .array(fc.constantFrom('a', 'ab', 'b', 'abb'), { maxLength: 5 })
    .map((parts) => `/${parts.join('/')}`);
  fc.assert(
    fc.property(pattern, pattern, file, (wide, narrow, at) => {
      fc.pre(coversGlob(wide, narrow) && fitsGlob(narrow, at));
      expect(fitsGlob(wide, at)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
