import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/engine/model/event.ts';
import { inLanes, type Lane, turnsOf } from '../../../src/engine/running/lanes.ts';
import { ON, STOPPED, type Verdict } from '../../../src/engine/running/verdict.ts';

const FAILED: Verdict = { go: 'failed', stepId: 'a', why: 'disk full', exitCode: 1 };
const WAITING: Verdict = { go: 'waiting', stepId: 'a', why: 'asked', exitCode: 5 };
const UNKNOWN: Verdict = { go: 'waiting', stepId: 'a', why: 'lost', exitCode: 4 };

test.each([
  ['', []],
  ['. .', ['..']],
  ['a a b b', ['aa', 'bb']],
  ['. a . b .', ['.', 'a.', 'b.']],
  ['a b a', ['a', 'b', 'a']],
])(
  'steps on %s make the turns %j: what no host is named for stays where it is written',
  (hosts, turns) => {
    const steps = hosts
      .split(' ')
      .filter((host) => host !== '')
      .map((host) => (host === '.' ? {} : { on: host }));
    expect(turnsOf(steps).map((turn) => turn.map(({ on = '.' }) => on).join(''))).toEqual(turns);
  },
);

const note = (text: string): RunEvent => ({ type: 'note.added', by: 'test', text });

/** A lane that says each of these, and then comes to its end; what it does is noted. */
function lane(name: string, says: number, verdict: Verdict, did: string[]): Lane {
  return async function* () {
    did.push(`${name} begins`);
    try {
      for (let at = 1; at <= says; at += 1) {
        yield note(`${name}${at}`);
        did.push(`${name}${at} taken`);
      }
      return verdict;
    } finally {
      did.push(`${name} ends`);
    }
  };
}

async function through(lanes: readonly Lane[], atOnce: number, keepGoing = false) {
  const running = inLanes(lanes, { atOnce, keepGoing });
  const said: string[] = [];
  for (;;) {
    const { done, value } = await running.next();
    if (done) return { said, verdict: value };
    if (value.type === 'note.added') said.push(value.text);
  }
}

describe('several lanes at once', () => {
  test('are no more at a time than was said, and all have their turn', async () => {
    const did: string[] = [];
    const lanes = ['a', 'b', 'c', 'd', 'e'].map((name) => lane(name, 3, ON, did));
    const { said, verdict } = await through(lanes, 2);
    const most = did.reduce(
      ({ open, max }, what) => {
        const now = open + (what.endsWith('begins') ? 1 : what.endsWith('ends') ? -1 : 0);
        return { open: now, max: Math.max(max, now) };
      },
      { open: 0, max: 0 },
    );
    expect([most, verdict, said.length]).toEqual([{ open: 0, max: 2 }, ON, 15]);
  });

  test('go on only after their event was taken', async () => {
    const did: string[] = [];
    const running = inLanes([lane('a', 2, ON, did)], { atOnce: 1, keepGoing: false });
    await running.next();
    expect(did).toEqual(['a begins']);
    await running.next();
    expect(did).toEqual(['a begins', 'a1 taken']);
    await running.return(STOPPED);
  });

  test.each([
    ['no other is begun', false, 2],
    ['the others have their turn all the same, where that was asked for', true, 4],
  ])('after one that failed %s', async (_what, keepGoing, begun) => {
    const did: string[] = [];
    const lanes = ['a', 'b', 'c', 'd'].map((name) =>
      lane(name, 1, name === 'a' ? FAILED : ON, did),
    );
    const { verdict } = await through(lanes, 2, keepGoing);
    expect([verdict, did.filter((what) => what.endsWith('begins')).length]).toEqual([
      FAILED,
      begun,
    ]);
  });

  test('are ended, each of them, when nobody wants their events any more', async () => {
    const did: string[] = [];
    const lanes = ['a', 'b'].map((name) => lane(name, 9, ON, did));
    const running = inLanes(lanes, { atOnce: 2, keepGoing: false });
    await running.next();
    await running.next();
    await running.return(STOPPED);
    expect(did.filter((what) => what.endsWith('ends')).toSorted()).toEqual(['a ends', 'b ends']);
  });

  test.each([
    [[ON, WAITING, FAILED], 'failed'],
    [[FAILED, UNKNOWN, ON], 'waiting'],
    [[UNKNOWN, STOPPED], 'stopped'],
    [[ON, WAITING], 'waiting'],
    [[], 'on'],
  ])('come to the gravest of their ends: %#', async (ends, go) => {
    const lanes = ends.map((end, at) => lane(`${at}`, 0, end, []));
    expect((await through(lanes, 9, true)).verdict.go).toBe(go);
  });

  test('say on how many hosts it came to that', async () => {
    const why = async (times: number): Promise<unknown> => {
      const lanes = Array.from({ length: times }, (_, at) => lane(`${at}`, 0, FAILED, []));
      const { verdict } = await through(lanes, 9, true);
      return 'why' in verdict && verdict.why;
    };
    expect([await why(1), await why(2), await why(3)]).toEqual([
      'disk full',
      'disk full; and so on another host',
      'disk full; and so on 2 other hosts',
    ]);
  });
});
