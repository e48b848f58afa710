import { stepRule } from './rule.ts';

export const destructive = stepRule({
  name: 'destructive',
  summary: 'A step that destroys something.',
  why: 'A person is asked to type its target; unattended it is refused without `--approve`. Say `effect=writes` when it only looks so.',
  unattended: 'The run is refused until the step is approved by name with `--approve`.',
  examples: {
    finds: ['```bash\nrm -rf ./old\n```\n'],
    leaves: ['```bash effect=writes\nrm -rf ./old\n```\n', '```bash\nls ./old\n```\n'],
  },
  of: (step) =>
    step.effect !== 'destroys'
      ? []
      : [
          {
            severity: 'info',
            line: step.line,
            message: `This step destroys: ${step.effectWhy || step.title}.`,
            hint: 'Unattended it needs `--approve`; `effect=writes` on the fence says that it does not destroy.',
          },
        ],
});
