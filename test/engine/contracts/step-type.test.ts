import { describe, expect, test } from 'vitest';
import { check } from '../../../src/engine/check.ts';
import { type AnyStepType, defineStepType } from '../../../src/engine/contracts/step-type.ts';
import { DEFAULT_REQUEST } from '../../../src/engine/model/plan.ts';
import type { Runbook } from '../../../src/engine/model/runbook.ts';
import { parse } from '../../../src/engine/parse.ts';
import { planRun } from '../../../src/engine/plan.ts';
import { stepTypes } from '../../../src/steps/index.ts';
import { sourceOf } from '../../support/read.ts';

/** A step type that nobody knows by name: fences of its own language. */
const own = (traits: Partial<AnyStepType>): AnyStepType =>
  defineStepType<object>({
    name: 'tide',
    summary: 'Waits for the tide.',
    quoting: 'none',
    human: false,
    detect: (block) =>
      block.kind === 'fence' && block.language === 'tide'
        ? { body: {}, why: 'fence `tide`', effect: 'reads' }
        : undefined,
    async *run() {
      yield { stream: 'stdout', chunk: Buffer.from('high\n') };
      return { outcome: 'passed' };
    },
    examples: [],
    ...traits,
  });

const readWith = (markdown: string, traits: Partial<AnyStepType>): Promise<Runbook> =>
  parse(sourceOf(markdown), { stepTypes: [own(traits), ...stepTypes] });

async function findings(
  markdown: string,
  traits: Partial<AnyStepType> = {},
): Promise<readonly string[]> {
  const found = check(await readWith(markdown, traits));
  return found.map(({ rule, message, hint = '' }) => `${rule}: ${message} ${hint}`);
}

const fence = (words = ''): string => `# Harbour\n\n\`\`\`tide ${words}\nwait\n\`\`\`\n`;

describe('what a step type of somebody’s own says of itself holds as it does for handrail’s', () => {
  test('without `takes` every annotation means something at its steps, with it those of its groups', async () => {
    expect(await findings(fence('exit=1 timeout=5s'))).toEqual([
      expect.stringContaining('no-expectation'),
    ]);
    const [found] = await findings(fence('exit=1 timeout=5s'), {
      takes: ['run'],
      called: 'a tide',
    });
    expect(found).toContain('`exit` means nothing here: it stands at a tide.');
    expect(found).toContain('commands, a script of another language or a row of checks');
  });

  test('one that reaches out can be given no host', async () => {
    expect((await findings(fence('host=db1'))).join()).not.toContain('here-only');
    expect((await findings(fence('host=db1'), { reachesOut: true })).join()).toContain('here-only');
    const runbook = await readWith(fence(), { reachesOut: true });
    const sent = planRun(runbook, { ...DEFAULT_REQUEST, on: ['db1'] }, async () => runbook);
    await expect(sent).rejects.toThrow('run on this machine only');
  });

  test('it is counted among what should say its output, unless its body says it', async () => {
    expect((await findings(fence())).join()).toContain('1 command, 0 asserted');
    expect(await findings(fence(), { asserts: () => true })).toEqual([]);
  });

  test('a connection that is not declared is wrong only where the type uses one', async () => {
    expect((await findings(fence('connection=sea'))).join()).not.toContain('connection=sea');
    const traits = { preflightsConnection: true } as const;
    expect((await findings(fence('connection=sea'), traits)).join()).toContain('connection=sea');
  });

  test('what it leads to is run in its place', async () => {
    const runbook = await readWith(`${fence()}\n# Below\n\n\`\`\`bash\ntrue\n\`\`\`\n`, {
      link: () => ({ path: '', procedure: 'below' }),
    });
    const request = { ...DEFAULT_REQUEST, procedures: ['harbour'] };
    const { steps } = await planRun(runbook, request, async () => runbook);
    expect(steps.map(({ step }) => step.type)).toEqual(['shell']);
  });

  test('what it detects is no step where it says that it is only shown', async () => {
    const { steps, references } = await readWith(fence(), { isShown: true });
    expect([steps, references.length]).toEqual([[], 1]);
  });
});

describe('what `detect` answers is held to the contract, wherever it is asked', () => {
  const answering = (answer: unknown): Partial<AnyStepType> => ({
    detect: (() => answer) as AnyStepType['detect'],
  });
  const pages = [
    ['a fence', fence()],
    ['a box', '# Harbour\n\n- [ ] Tied up\n'],
    ['a row', '# Harbour\n\n| Check | Command |\n|---|---|\n| Depth | `depth` |\n'],
  ] as const;

  test.each(
    pages.flatMap(([name, page]) =>
      [
        true,
        null,
        {},
        Promise.resolve(undefined),
        { body: {}, why: 'x', effect: 'eats' },
        { body: {}, effect: 'reads' },
      ].map((answer) => [name, page, answer] as const),
    ),
  )('%s: %s', async (_, page, answer) => {
    await expect(readWith(page, answering(answer))).rejects.toThrow(
      /^The step type `tide` does not keep its contract: `detect`, asked about line \d+, answered what is no detection/,
    );
  });

  test('and what it throws is said as its own', async () => {
    const detect = (): never => {
      throw new RangeError('no water');
    };
    await expect(readWith(fence(), { detect })).rejects.toThrow(
      'The step type `tide` does not keep its contract: `detect`, asked about line 3, threw "no water", where `undefined` or a detection was expected. Mend the step type.',
    );
  });
});

describe('what a person carries out', () => {
  const human = { human: true, run: () => expect.fail('nobody may run it') } as const;

  test('says so by its effect, too', async () => {
    await expect(readWith(fence(), human)).rejects.toThrow(
      /its `effect` is `\w+`, where `asks` \(it is `human`\) was expected/,
    );
  });

  test('takes no annotation of how a machine runs a step', async () => {
    const detect: AnyStepType['detect'] = (block) =>
      block.kind === 'fence' && block.language === 'tide'
        ? { body: {}, why: 'fence `tide`', effect: 'asks' }
        : undefined;
    const page = fence('effect=reads on-fail=continue');
    const misplaced = (found: readonly string[]): readonly string[] =>
      found.filter((one) => one.includes('means nothing here'));
    expect(misplaced(await findings(page, { ...human, detect }))).toEqual([
      expect.stringContaining('`effect` means nothing here'),
    ]);
  });
});
