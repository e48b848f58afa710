import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { differences, goldenOf, makeStates } from '../../scripts/golden.ts';

const bin = path.resolve('dist/handrail.js');

test('the net names the page that is read otherwise, and the state folder that was spoiled', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-golden-'));
  const pages = ['a', 'b'].map((name) => path.join(folder, `${name}.md`));
  for (const page of pages) writeFileSync(page, '# T\n\n```bash\ntrue\n```\n');
  const made = makeStates(bin, path.join(folder, 'states'));
  const states = made.filter((name) => /passes(?:-edited-log)?$/.test(name));
  const net = { pages, states, scratch: path.join(folder, 'scratch') };
  mkdirSync(net.scratch);
  expect(made).toHaveLength(44);

  const before = goldenOf(bin, net);
  expect(differences(before, goldenOf(bin, net))).toEqual([]);
  expect([...before.keys()].some((name) => name.endsWith('index.html'))).toBe(true);
  const [sound = '', spoiled = ''] = states.map((state) => before.get(`verify ${state}`));
  expect(spoiled).not.toBe(sound);

  writeFileSync(pages[1] ?? '', '# T\n\n```bash\nfalse\n```\n');
  expect(differences(before, goldenOf(bin, { ...net, states: [] }))[0]).toBe(
    `show --json ${pages[1]}`,
  );
}, 300_000);
