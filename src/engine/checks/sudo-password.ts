import { lineOf, stepRule } from './rule.ts';

export const sudoPassword = stepRule({
  name: 'sudo-password',
  summary: 'sudo that may ask for a password.',
  why: 'Unattended nobody can type it. Let the user of cron run it by a sudoers rule, and use `sudo -n`.',
  unattended: 'Without a sudoers rule for it the step fails, as nobody types the password.',
  examples: {
    finds: ['```bash\nsudo systemctl restart pool\n```\n'],
    leaves: ['```bash\nsudo -n systemctl restart pool\n```\n'],
  },
  of: (step) => {
    const asking = step.shell?.commands.find(({ sudo }) => sudo);
    if (asking === undefined || /\bsudo\s+(?:-\w*n|--non-interactive)/.test(step.text)) return [];
    return [
      {
        severity: 'info',
        line: lineOf(step, asking),
        message: '`sudo` may ask for a password.',
        hint: 'Use `sudo -n` where a sudoers rule lets this user run it without one.',
      },
    ];
  },
});
