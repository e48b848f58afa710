import { commandText, lineOf, stepRule } from './rule.ts';

export const remoteSession = stepRule({
  name: 'remote-session',
  summary: 'A command that opens a shell which the fences after it may be meant for.',
  why: 'The next fences run on this machine, not in the session. Give the remote shell its commands: `ssh host "…"`.',
  unattended: 'The run is refused: the commands below would run on this machine.',
  refusedUnattended: true,
  examples: {
    finds: ['```bash\nssh web-1\n```\n'],
    leaves: ['```bash\nssh web-1 "uptime"\n```\n'],
  },
  of: (step) =>
    (step.shell?.sessions ?? []).map((command) => ({
      line: lineOf(step, command),
      message: `\`${commandText(command)}\` opens a session; what follows would still run here.`,
      hint: 'Give the session its commands on the same line, or in a here-document.',
    })),
});
