import { expect, test } from 'vitest';
import { check } from '../../../src/engine/check.ts';
import { headingAbove, itemAbove, lastFenceAbove } from '../../../src/engine/reading/above.ts';
import { hasAnchor } from '../../../src/engine/reading/anchors.ts';
import type { FencePiece, Piece } from '../../../src/engine/reading/pieces.ts';
import { read } from '../../support/read.ts';

/** The same list, and how often one of its elements was looked at. */
function counted<T>(list: readonly T[]): {
  readonly list: readonly T[];
  readonly looks: () => number;
} {
  let looks = 0;
  const counting = new Proxy(list, {
    get(all, key, receiver): unknown {
      if (typeof key === 'string' && /^\d/.test(key)) looks += 1;
      return Reflect.get(all, key, receiver);
    },
  });
  return { list: counting, looks: () => looks };
}

const fence = (line: number): FencePiece => ({
  kind: 'fence',
  line,
  endLine: line,
  language: 'bash',
  info: 'bash',
  text: 'uptime',
  textLine: line,
  item: null,
  column: 1,
  quoted: false,
  unmarked: false,
});

test('what stands above each of a thousand fences is found by looking at each piece a few times', () => {
  const { list: pieces, looks } = counted<Piece>(
    Array.from({ length: 1000 }, (_, at) => fence(at + 1)),
  );
  for (const index of pieces.keys()) {
    expect(headingAbove({ pieces }, index)).toBeNull();
    expect(itemAbove({ pieces }, index)).toBeNull();
    expect(lastFenceAbove({ pieces }, index)?.line).toBe(index === 0 ? undefined : index);
  }
  expect(looks()).toBeLessThan(6000);
});

test('the places of a page are gathered once, however many links ask for one', async () => {
  const { text, procedures } = await read('# A\n\n## B c\n\n<a id="d"></a>\n');
  const { list, looks } = counted(procedures);
  for (const [anchor, isThere] of [
    ['b-c', true],
    ['d', true],
    ['e', false],
  ] as const)
    for (let time = 0; time < 100; time += 1)
      expect(hasAnchor({ text, procedures: list }, anchor)).toBe(isThere);
  expect(looks()).toBe(2);
});

test('names are compared with each other only where a person wrote them', async () => {
  const found = async (count: number): Promise<number> => {
    const names = Array.from({ length: count }, (_, at) => `server${at}`);
    const declared = names.map((name) => `  ${name}: { default: a }\n`).join('');
    const used = names.map((name) => `echo {{${name}x}} {{${name}}}\n`).join('');
    const page = await read(`---\ninputs:\n${declared}---\n# P\n\n\`\`\`bash\n${used}\`\`\`\n`);
    return check(page).filter(({ rule }) => rule === 'near-input').length;
  };
  expect(await found(20)).toBe(20);
  expect(await found(600)).toBe(0);
});

test('a name that is used on a thousand lines is named on each of them once', async () => {
  const page = await read(`# P\n\n\`\`\`bash\n${'echo <host> <host>\n'.repeat(1000)}\`\`\`\n`);
  const [host] = page.inputs;
  expect(host?.lines).toHaveLength(1000);
  expect(new Set(host?.lines).size).toBe(1000);
});
