import type { Step } from '../model/runbook.ts';
import { commandText, type Finding, lineOf, stepRule } from './rule.ts';

const isBounded = ({ annotations }: Step): boolean =>
  annotations.until !== undefined || annotations.for !== undefined;

export const endlessCommand = stepRule({
  name: 'endless-command',
  summary: 'A command that never ends by itself.',
  why: 'Unattended it would hold the run until its timeout. Say when it is enough: `until="regex"` or `for=30s`.',
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

export const interactiveCommand = stepRule({
  name: 'interactive-command',
  summary: 'A command that talks to a person.',
  why: 'Unattended there is nobody to answer: it fails or hangs. Take the answer as an input instead.',
  of: (step) =>
    (step.shell?.interactive ?? []).map((command) => ({
      line: lineOf(step, command),
      message: `\`${commandText(command)}\` waits for a person to answer.`,
      hint: 'Take the answer as an input, or use the flag that makes it answer itself.',
    })),
});

export const remoteSession = stepRule({
  name: 'remote-session',
  summary: 'A command that opens a shell which the fences after it may be meant for.',
  why: 'The next fences run on this machine, not in the session. Give the remote shell its commands: `ssh host "…"`.',
  of: (step) =>
    (step.shell?.sessions ?? []).map((command) => ({
      line: lineOf(step, command),
      message: `\`${commandText(command)}\` opens a session; what follows would still run here.`,
      hint: 'Give the session its commands on the same line, or in a here-document.',
    })),
});

export const destructive = stepRule({
  name: 'destructive',
  summary: 'A step that destroys something.',
  why: 'A person is asked to type its target; unattended it is refused without `--approve`. Say `effect=writes` when it only looks so.',
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

export const sudoPassword = stepRule({
  name: 'sudo-password',
  summary: 'sudo that may ask for a password.',
  why: 'Unattended nobody can type it. Let the user of cron run it by a sudoers rule, and use `sudo -n`.',
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

export const positionalParameter = stepRule({
  name: 'free-parameter',
  summary: 'A script that wants arguments nobody gives.',
  why: '`$1` is empty when a fence is run. Declare an input and use `{{name}}`.',
  of: (step) => {
    const use = step.shell?.uses.find(({ name, defaulted }) => /^[1-9]$/.test(name) && !defaulted);
    if (use === undefined) return [];
    return [
      {
        line: step.textLine + use.line,
        message: `\`$${use.name}\` is empty: a fence gets no arguments.`,
        hint: 'Declare an input in the frontmatter and use `{{name}}` instead.',
      },
    ];
  },
});

export const shellSyntax = stepRule({
  name: 'shell-syntax',
  summary: 'A script that bash could not read.',
  why: 'It would fail at the line with the mistake, after everything before it has run. Close the `if`, quote or bracket.',
  of: ({ type, shell, language, textLine }) => {
    const isBash = /^(?:bash|sh|shell|console)?$/.test(language ?? '');
    if (type !== 'shell' || !isBash || shell === undefined || shell.wellFormed) return [];
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

export const nonAsciiQuote = stepRule({
  name: 'non-ascii-quote',
  summary: 'Typographic quotes, dashes or spaces in a script.',
  why: 'A word processor made them; the shell takes them for letters and the command fails in a strange way.',
  of: (step) => {
    if (step.shell === undefined && step.type !== 'sql') return [];
    return step.text.split('\n').flatMap((line, at) => {
      const found =
        /[\u2018\u2019\u201c\u201d\u00a0\u2007\u200b\u202f]|(?<=\s)[\u2013\u2014](?=\w)/.exec(
          line.replace(/(?:^|\s)(?:#|--).*$/, ''),
        );
      return found === null ? [] : [quoteFinding(step.textLine + at, found[0])];
    });
  },
});

function quoteFinding(line: number, character: string): Finding {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const plain = /[\u2018\u2019]/.test(character)
    ? "'"
    : /[\u201c\u201d]/.test(character)
      ? '"'
      : 'a plain one';
  return {
    line,
    message: `The character U+${code} stands where the shell expects a plain quote, dash or space.`,
    hint: `Type ${plain} instead.`,
  };
}
