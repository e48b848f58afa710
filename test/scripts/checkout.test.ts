import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

const { lockedOf, omitted, refusal } = createRequire(import.meta.url)('../../scripts/checkout.cjs');

const BUILDER = ['rolldown', 'rolldown for this machine'];
const all = [...BUILDER, 'node/bin/node'];
const needed = '22.22.2';

test.each<[string, string, string, readonly string[], RegExp | undefined]>([
  ['start', '20.18.3', '24.21.0', all, /^npm runs on Node 20\.18\.3, .*install Node 20\.19/],
  ['start', '18.20.0', '18.20.0', [], /^npm runs on Node 18\.20\.0/],
  ['start', '20.19.0', '24.21.0', all, undefined],
  ['test', '26.0.0', '24.21.0', all, undefined],
  [
    'start',
    '24.1.0',
    '24.1.0',
    [],
    /^What handrail is built with is not there: call npm ci && npm start\.$/,
  ],
  // Where npm runs no scripts of packages, the pinned Node is not there, and npm's own does the work.
  ['start', '22.22.2', '22.22.2', BUILDER, undefined],
  ['start', '24.0.0', '24.0.0', BUILDER, undefined],
  ['start', '22.22.1', '22.22.1', BUILDER, /ignore-scripts.* --ignore-scripts=false && npm start/],
  ['start', '22.9.9', '22.9.9', BUILDER, /ignore-scripts/],
  ['test', '24.0.0', '24.0.0', BUILDER, /ignore-scripts.* --ignore-scripts=false && npm test/],
])(
  'what would fail in a page is said in a sentence: npm %s, npm on %s, Node %s, with %j',
  (...given) => {
    const [word, npmsNode, node, there, says] = given;
    const isThere = (name: string): boolean => there.includes(name);
    const said: unknown = refusal({ word, npmsNode, node, needed, isThere });
    if (says === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(says);
  },
);

test('a checkout that cannot be written to is named, with what to do', () => {
  const given = {
    npmsNode: '24.0.0',
    node: '24.21.0',
    needed,
    isThere: () => true,
    locked: '/srv',
  };
  expect(refusal({ ...given, word: 'test' })).toMatch(
    /^\/srv cannot be written to, .* npm ci && npm test in a copy of the checkout/,
  );
  // What is built already starts from anywhere; the build says it where it is not.
  expect(refusal({ ...given, word: 'start' })).toBeUndefined();
  expect(lockedOf([import.meta.dirname, '/proc/sys/kernel/osrelease', '/nowhere/at/all'])).toBe(
    '/proc/sys/kernel/osrelease',
  );
});

test.each<[readonly string[], object, RegExp]>([
  [[], { NODE_ENV: 'production' }, /\(omit=dev, .*: call npm ci --include=dev && npm test\.$/],
  [[], { npm_config_omit: 'dev' }, /call npm ci --include=dev && npm test\.$/],
  [
    ['rolldown'],
    { npm_config_omit: 'dev\n\noptional' },
    /call npm ci --include=dev --include=optional && npm test\.$/,
  ],
  [['rolldown'], { npm_config_omit: 'optional' }, /npm ci --include=optional && npm test\.$/],
  [['rolldown'], {}, /^What handrail is built with is not there: call npm ci && npm test\.$/],
])('what npm was told to leave out is told with how to bring it: %j %j', (there, env, says) => {
  const isThere = (name: string): boolean => there.includes(name);
  const given = { word: 'test', npmsNode: '24.0.0', node: '24.21.0', needed, isThere };
  expect(refusal({ ...given, omits: omitted(env) })).toMatch(says);
});

test('nothing is missed where all is there, whatever npm was told to leave out', () => {
  const given = { word: 'test', npmsNode: '24.0.0', node: '24.21.0', needed };
  expect(refusal({ ...given, isThere: () => true, omits: ['dev', 'optional'] })).toBeUndefined();
});
