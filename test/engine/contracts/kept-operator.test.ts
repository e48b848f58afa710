import { expect, test } from 'vitest';
import type { Decision } from '../../../src/engine/contracts/operator.ts';
import { workplace } from '../../support/engine.ts';

const { run } = workplace({
  'ops.md': '# One\n\n~~~bash name=one\necho begun\n\necho gone on\n~~~\n',
  'rm.md': '# One\n\n~~~bash name=one\nrm -rf gone\n~~~\n',
  'if.md': '# One\n\nIf the disk is full:\n\n~~~bash name=one\necho full\n~~~\n',
});

/** How a run ends whose operator decides so at first, and leaves at its next turn. */
async function decided(page: string, decision: unknown): Promise<string> {
  const all = [decision];
  const decide = async (): Promise<Decision> => (all.shift() ?? { do: 'quit' }) as Decision;
  const how: string[] = [];
  try {
    const { outcome, why } = await run(page, {
      request: { attended: true },
      operator: { name: 'ada', decide },
      onEvent(event) {
        if (event.type === 'approval.granted') how.push(event.how);
      },
    });
    return [outcome, why, ...how].join(' ');
  } catch (error) {
    return String(error);
  }
}

test.each<[string, object, RegExp]>([
  [
    'rm.md',
    { do: 'run', aproval: 'a thumb' },
    /`run`, in which `aproval` is said, where `approval`/,
  ],
  ['ops.md', { do: 'run', note: 'x' }, /`note` is said, where one of text, why, approval, part/],
  ['ops.md', { do: 'quit', why: 'late' }, /`why` is said, where nothing besides `do`/],
  ['ops.md', { do: 'run', part: 7 }, /`run` with the part 7, where (?:none|one from 0 to \d)/],
  ['ops.md', { do: 'run', part: -1 }, /`run` with the part -1/],
  ['ops.md', { do: 'run', fromLine: 0 }, /`run` from line 0 on, where one from 1 to 3/],
  ['ops.md', { do: 'run', fromLine: 4 }, /`run` from line 4 on, where one from 1 to 3/],
  ['ops.md', { do: 'run', text: 'true', fromLine: 2 }, /from line 2 on, where one from 1 to 1/],
  ['ops.md', { do: 'go-on', why: 'x' }, /`go-on` on `one`, which was not tried/],
  [
    'ops.md',
    { do: 'settle', stepId: 'two', outcome: 'confirmed' },
    /a step `two`, where one of `one`/,
  ],
  ['ops.md', { do: 'reopen', stepId: 'two', why: 'x' }, /a step `two`, where one of `one`/],
  ['if.md', { do: 'holds', condition: 'other' }, /the condition `other`, where one of `/],
])(
  'what a decision says and nobody hears is told, and nothing is done: %s %j',
  async (...given) => {
    const [page, decision, says] = given;
    const said = await decided(page, decision);
    expect(said).toMatch(
      /^HandrailError: The operator `ada` does not keep its contract: `decide` /,
    );
    expect(said).toMatch(says);
  },
);

test('what is there can be decided about, and a member that is undefined says nothing', async () => {
  expect(await decided('ops.md', { do: 'run', fromLine: 3, note: undefined })).toBe('passed ');
  expect(await decided('if.md', { do: 'does-not-hold', why: 'it is not' })).toBe('passed ');
});

test('a decision is heard once: what was looked at is what is done', async () => {
  let asked = 0;
  const decision = {
    do: 'run',
    get approval() {
      asked += 1;
      return asked === 1 ? 'a thumb' : undefined;
    },
  };
  expect(await decided('rm.md', decision)).toBe('passed  a thumb');
});

test('a decision may be of a class, whose members nobody lists', async () => {
  class Thumb {
    get do() {
      return 'run';
    }
    get approval() {
      return 'a thumb';
    }
  }
  expect(await decided('rm.md', new Thumb())).toBe('passed  a thumb');
});
