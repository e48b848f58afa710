import type { Step } from '../model/runbook.ts';
import { commandText, type Finding, lineOf, stepRule } from './rule.ts';

const isBounded = ({ annotations }: Step): boolean =>
  annotations.until !== undefined || annotations.for !== undefined;

export const endlessCommand = stepRule({
  name: 'endless-command',
  summary: 'A command that never ends by itself.',
  why: 'Unattended it would hold the run until its timeout. Say when it is enough: `until="regex"` or `for=30s`.',
  unattended: 'The run is refused: the step would hold it until its timeout.',
  refusedUnattended: true,
  examples: {
    finds: ['```bash\ntail -f /var/log/app.log\n```\n'],
    leaves: [
      '```bash until="ready"\ntail -f /var/log/app.log\n```\n',
      '```bash\ntail -n 20 /var/log/app.log\n```\n',
    ],
  },
  of: (step) =>
    isBounded(step)
      ? []
      : (step.shell?.endless ?? []).map(
          (command): Finding => ({
            line: lineOf(step, command),
            message: `\`${commandText(command)}\` never ends by itself.`,
            hint: 'Say when it is enough with `until="…"` or `for=30s` on the fence.',
          }),
        ),
});
