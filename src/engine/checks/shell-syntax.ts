import { stepRule } from './rule.ts';

export const shellSyntax = stepRule({
  name: 'shell-syntax',
  summary: 'A script that bash could not read.',
  why: 'It would fail at the line with the mistake, after everything before it has run. Close the `if`, quote or bracket.',
  unattended: 'The run begins, and fails at that step.',
  examples: {
    finds: ['```bash\nif true; then\n  echo yes\n```\n'],
    leaves: ['```bash\nif true; then\n  echo yes\nfi\n```\n'],
  },
  of: ({ shell, language, textLine }) => {
    const isBash = language !== null && /^(?:bash|sh|shell|console)?$/.test(language);
    if (!isBash || shell === undefined || shell.wellFormed) return [];
    if (shell.wildInputs.length > 0) return [];
    return [
      {
        line: textLine,
        message: 'This script does not read as bash.',
        hint: 'Look for an `if`, a quote or a bracket that is not closed; `bash -n` says where.',
      },
    ];
  },
});
