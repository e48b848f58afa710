import { defineStepType } from '../engine/contracts/step-type.ts';
import type { Block, TranscriptEntry } from '../engine/model/block.ts';
import { hasCommand } from '../process/commands-on-path.ts';

/** What a shell fence holds. */
export interface ShellBody {
  /** Commands of a transcript with the output its author pasted; empty for a plain script. */
  readonly transcript: readonly TranscriptEntry[];
}

/** Commands that the operator's shell runs. */
export const shell = defineStepType<ShellBody>({
  name: 'shell',
  summary: 'Runs the commands of a fence in bash, as if pasted into one terminal.',
  quoting: 'shell',
  human: false,
  content: 'commands',
  called: 'commands',
  takes: ['run', 'doing', 'fence', 'process', 'script', 'bash'],
  runsOwnCommands: true,
  captures: 'printed',
  detect(block) {
    const found = commandsIn(block);
    if (found === undefined || block.kind === 'item') return undefined;
    return {
      ...found,
      effect: block.shell?.effect ?? 'writes',
      effectWhy: block.shell?.effectWhy ?? '',
      effectSure: block.shell?.effectSure ?? false,
      effectRecorded: block.shell?.effectRecorded ?? false,
    };
  },
  async *run(step, body, context) {
    // What only reads a runbook starts no process and need not load what does.
    const { runShell } = await import('./shell/run.ts');
    return yield* runShell(step, body, context);
  },
  async recall(step, { transcript }, context) {
    const { place } = context;
    // What a transcript or a value needs is the output, and that is lost.
    if (place == null || transcript.length > 0 || step.annotations.capture !== undefined)
      return undefined;
    const { recallFar } = await import('./shell/remote/far-recall.ts');
    return recallFar(step, { ...context, place });
  },
  async preflight(step, _body, { env }) {
    const { annotations, text } = step;
    const asks = annotations.shell ?? annotations.interpreter ?? annotations.until;
    if (asks === undefined && !text.startsWith('#!') && hasCommand('bash', env)) return undefined;
    const { preflightShell } = await import('./shell/preflight.ts');
    return preflightShell(step, env);
  },
  asserts: ({ transcript }) => transcript.length > 0,
  examples: [
    { markdown: '```bash\nuptime\n```', body: { transcript: [] } },
    {
      markdown: '```console\n$ hostname\nweb-1\n```',
      body: { transcript: [{ line: 0, command: 'hostname', output: 'web-1', exitCode: null }] },
    },
    {
      markdown:
        '| If you see | Then run |\n|---|---|\n| A full disk | `journalctl --vacuum-size=1G` |',
      body: { transcript: [] },
    },
    { markdown: '```yaml\nreplicas: 3\n```', body: null },
    { markdown: '```bash\n# Look at the dashboard first\n```', body: null },
  ],
});

/** A fence of commands, or the command that a row of a table says is run in its case. */
function commandsIn(
  block: Block,
): { readonly body: ShellBody; readonly why: string; readonly inferred: boolean } | undefined {
  if (block.kind === 'row' && block.does !== undefined)
    return {
      body: { transcript: [] },
      why: 'table row that says what is run when',
      inferred: false,
    };
  if (block.kind !== 'fence' || block.content.kind !== 'commands') return undefined;
  const { why, inferred, transcript } = block.content;
  return { body: { transcript: transcript.map((entry) => ({ ...entry })) }, why, inferred };
}
