import { commandText, lineOf, stepRule } from './rule.ts';

export const interactiveCommand = stepRule({
  name: 'interactive-command',
  summary: 'A command that talks to a person.',
  why: 'Unattended there is nobody to answer: it fails or hangs. Take the answer as an input instead.',
  unattended: 'The run is refused: nobody is there to answer.',
  refusedUnattended: true,
  examples: {
    finds: ['```bash\nread -p "Sure? " yes\n```\n'],
    leaves: ['```bash\nread -r load rest < /proc/loadavg\n```\n'],
  },
  of: (step) =>
    (step.shell?.interactive ?? []).map((command) => ({
      line: lineOf(step, command),
      message: `\`${commandText(command)}\` waits for a person to answer.`,
      hint: 'Take the answer as an input, or use the flag that makes it answer itself.',
    })),
});
