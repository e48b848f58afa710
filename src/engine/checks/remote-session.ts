import type { Step } from '../model/runbook.ts';
import { commandText, type Finding, lineOf, stepRule } from './rule.ts';

export const remoteSession = stepRule({
  name: 'remote-session',
  summary: 'A command that opens a shell which the fences after it may be meant for.',
  why: 'The next fences run on this machine, not in the session. Give the remote shell its commands: `ssh host "…"`.',
  unattended: 'The run is refused: the commands below would run on this machine.',
  refusedUnattended: true,
  examples: {
    finds: ['```bash\nssh web-1\n```\n', '```bash\nenter-it db\n```\n\n```bash\nexit\n```\n'],
    leaves: [
      '```bash\nssh web-1 "uptime"\n```\n',
      '```bash\ntrue || exit\n```\n',
      '```bash\ntest -e it && exit 0\n```\n',
    ],
  },
  of: (step) => [
    ...(step.shell?.sessions ?? []).map((command) => ({
      line: lineOf(step, command),
      message: `\`${commandText(command)}\` opens a session; what follows would still run here.`,
      hint: 'Give the session its commands on the same line, or in a here-document.',
    })),
    ...leaving(step),
  ],
});

/** Nobody leaves what was not entered: a fence that ends in a bare `exit` was meant for a session, whoever opened it. */
function leaving(step: Step): readonly Finding[] {
  const { shell } = step;
  const last = shell?.commands.at(-1);
  if (shell === undefined || last === undefined || shell.shebang !== null || shell.isScript)
    return [];
  if (!['exit', 'logout'].includes(last.name) || last.args.length > 0 || last.conditional)
    return [];
  return [
    {
      line: lineOf(step, last),
      message: `\`${last.name}\` leaves a session that a step above has opened; what stands between them would run here.`,
      hint: 'Give the session its commands on the same line, or in a here-document.',
    },
  ];
}
