import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRunbook } from '../../src/checking.ts';
import { hasCommand } from '../../src/process/commands-on-path.ts';
import { scripted, workplace } from '../support/engine.ts';

const env = { PATH: process.env['PATH'] ?? '', USER: 'asmith' };

/** Errors of each of the askers, `line rule`; of the run itself the findings it refuses with. */
async function judgements(markdown: string): Promise<{
  readonly check: readonly string[];
  readonly dry: readonly string[];
  readonly run: readonly string[];
}> {
  const { folder, handrail } = workplace(markdown);
  const path = join(folder, 'ops.md');
  const world = { env: { ...env, HOME: folder }, cwd: folder, state: join(folder, '.handrail') };
  const found = await checkRunbook(path, {
    hasCommand: (name) => hasCommand(name, env),
    unattended: { ...world, version: '0.0.0-test' },
  });
  const errors = (all: typeof found): readonly string[] =>
    all.filter(({ severity }) => severity === 'error').map(({ line, rule }) => `${line} ${rule}`);
  const asRefused = async (judge: () => Promise<{ findings: typeof found }>) => {
    try {
      return errors((await judge()).findings);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      const isText = error.code === 'RUNBOOK_REFUSED';
      if (isText) return errors((await handrail.read(path)).runbook.diagnostics);
      return [`1 ${String(error.code).toLowerCase().replaceAll('_', '-')}`];
    }
  };
  const plan = async () => {
    const { runbook } = await handrail.read(path);
    return handrail.plan(runbook, { all: true });
  };
  const nobody = { ...scripted(), ...{ input: async () => undefined } };
  return {
    check: errors(found),
    dry: await asRefused(async () => handrail.judge(await plan())),
    run: await asRefused(async () =>
      handrail.prepare(await plan(), {
        name: 'policy',
        resolve: async () => undefined,
        terminal: () => null,
        decide: async () => ({ do: 'run' }),
        ...nobody,
      }),
    ),
  };
}

const BLOCKS: readonly string[] = [
  '```bash\ntouch plain\n```',
  '```bash\ntail -f x.log\n```',
  '```bash\nread -p "Sure? " answer\n```',
  '```bash\nssh db1\n```',
  '```bash\nno-such-tool-here --now\n```',
  '```bash\nenv A=1 no-such-tool-either\n```',
  '```bash\nrm -rf "$NOWHERE_SET"/x\n```',
  '```bash\necho <version>\n```',
  '```\nsystemctl restart pool\n```',
  '```bash timeout=soon\ntrue\n```',
  '```bash when="nobody=declared"\ntrue\n```',
  '```bash\nrm -rf build\n```',
  '```sql\nSELECT 1;\n```',
  '```bash shell=no-such-shell\ntrue\n```',
  'If the disk is full:\n\n```bash\ntouch freed\n```\n\nThen:',
  'On Debian:\n\n```bash\ntouch deb\n```\n\nOn Red Hat:\n\n```bash\ntouch red\n```\n\nThen:',
  '```bash\n# Option A\ntouch a\n# Option B\ntouch b\n```',
  '1. Call the bank.\n2. Tell the team.',
  '- [ ] If it is open, close it',
  '## Rollback\n\n```bash\nno-such-tool-in-rollback\n```',
  '## Cleanup\n\n```bash\nno-such-tool-in-cleanup\n```',
  '```yaml\nreplicas: 3\n```',
  '1. [Elsewhere](nowhere.md)',
  '```bash\nunclosed',
];

const HEADS: readonly string[] = [
  '',
  '---\nrequires: { commands: [no-such-tool-required], env: [NO_SUCH_ENV] }\n---\n',
  '---\ninputs: { who: { command: "exit 0" }, when: {} }\n---\n',
  '---\ninputs: { count: { default: many, type: number } }\ntimeout: 5m\n---\n\n```bash\necho {{count}}\n```\n',
  '---\nunknown-field: 3\nhandrail: { inputss: {} }\n---\n',
];

describe('what is asked beforehand finds what the run refuses, and nothing else', () => {
  test.each(
    readdirSync(join(import.meta.dirname, '../../runbooks')).filter((name) => name.endsWith('.md')),
  )('%s', async (name) => {
    const text = readFileSync(join(import.meta.dirname, '../../runbooks', name), 'utf8');
    const { check, dry, run } = await judgements(text);
    expect(check).toEqual(run);
    expect(dry).toEqual(run);
  });

  test('all places of a page at once', async () => {
    const all = BLOCKS.filter((block) => !/unclosed|soon|nobody=/.test(block)).join('\n\n');
    const { check, dry, run } = await judgements(`# Ops\n\n${all}\n`);
    expect(check).toEqual(run);
    expect(dry).toEqual(run);
    expect(new Set(check.map((said) => said.split(' ')[1])).size).toBeGreaterThan(8);
  });

  test('pages of every kind of trouble', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...HEADS),
        fc.array(fc.constantFrom(...BLOCKS), { maxLength: 6 }),
        async (head, blocks) => {
          const page = `${head}# Ops\n\n${blocks.join('\n\n')}\n`;
          const { check, dry, run } = await judgements(page);
          expect(check).toEqual(run);
          expect(dry).toEqual(run);
        },
      ),
      { numRuns: 60 },
    );
  });
});
