import { shellFacts } from '../../engine/shell/facts.ts';
import {
  argumentsOf,
  inputNamed,
  outsideOfQuotes,
  refusalAfter,
  takesArguments,
} from './script-inputs.ts';
import { written } from './script-page.ts';
import {
  bodyOf,
  callsOf,
  hasBegun,
  type Input,
  inItsStepAlone,
  isBlank,
  isEnd,
  isRule,
  isWhole,
  leaversOf,
  leavesEarly,
  optionsOf,
  outsideOfFunction,
  type Section,
  section,
  settingsOf,
  takeFunctions,
  takeWhileComment,
  titleIn,
} from './script-parts.ts';

/** A runbook as it is drafted from a script, and what its author has to look at. */
export interface Draft {
  readonly text: string;
  readonly remarks: readonly string[];
}

const READ =
  /^\s*read\s+((?:-[a-zA-Z]+\s+(?:\d+\s+)?)*)-([a-zA-Z]*)p\s+(?:"([^"]*)"|'([^']*)')([^;&|#]*)/;
const TRAP = /^\s*trap\s+(?:'([^']*)'|"([^"]*)"|([\w-]+))\s+(.+)$/;

/**
 * Drafts a runbook from a shell script: arguments become inputs, `read -p` a confirmation, functions that are called once
 * and groups under a comment its steps, `trap … ERR` the rollback, `trap … EXIT` the cleanup. Nothing else is changed.
 */
export function runbookFromScript(script: string, title: string): Draft {
  const lines = script.replace(/\r\n?/g, '\n').split('\n');
  const remarks: string[] = [];
  const { functions, rest } = takeFunctions(lines);
  const inputs = new Map<string, Input>();
  const sections: Section[] = [];
  const options = new Set<string>();
  const inlined = new Set<string>();
  const leavers = leaversOf(functions);
  let intro = '';
  let open = section('', 'main');
  const close = (next: Section): void => {
    if (open.lines.some((line) => line.trim() !== '') || open.prose.length > 0) sections.push(open);
    open = next;
  };
  for (let at = 0; at < rest.length; at += 1) {
    const line = rest[at] ?? '';
    if (at === 0 && line.startsWith('#!')) {
      const flags = line.split(/\s+/).filter((word) => word.startsWith('-'));
      for (const one of flags.flatMap((word) => optionsOf(`set ${word}`) ?? [])) options.add(one);
      if (!/\b(?:ba)?sh\b/.test(line))
        remarks.push(
          `The script is for \`${line.slice(2).trim()}\`: see that its commands are bash.`,
        );
      continue;
    }
    const set = optionsOf(line);
    if (set !== null && !hasBegun([...sections, open])) {
      for (const one of set) options.add(one);
      continue;
    }
    if (/^\s*set\s+[-+]\w/.test(line)) remarks.push(inItsStepAlone(line));
    const trapped = TRAP.exec(line);
    if (trapped) {
      const command = trapped[1] ?? trapped[2] ?? trapped[3] ?? '';
      // Takes a trap back.
      if (command === '-' || command.trim() === '') continue;
      if (/\bERR\b/.test(trapped[4] ?? ''))
        remarks.push(
          'The script undid what it had done when a command failed. "Rollback" is offered then; `defaults: { on-fail: rollback }` carries it out by itself.',
        );
      for (const [signal, role] of [
        ['ERR', 'rollback'],
        ['EXIT', 'cleanup'],
      ] as const)
        if (new RegExp(`\\b${signal}\\b`).test(trapped[4] ?? ''))
          sections.push({
            ...section(role === 'rollback' ? 'Rollback' : 'Cleanup', role),
            lines: bodyOf(command, functions),
          });
      continue;
    }
    const usage =
      /^\s*if\s+\[\[?\s*"?\$\{?#\}?"?\s/.test(line) || /^\s*\[\[?\s*"?\$#"?\s.*\|\|/.test(line);
    if (usage) {
      while (/^\s*if\b/.test(line) && !/^\s*fi\b/.test(rest[at] ?? 'fi')) at += 1;
      remarks.push(
        'The check of the number of arguments was left out: an input that is missing is asked for, or refused.',
      );
      continue;
    }
    const asked = READ.exec(line);
    // Within a block it asks once a turn, or not at all: it stays, and asks at the terminal.
    if (asked && (!isWhole(open.lines) || leavesEarly(open.lines, leavers)))
      remarks.push(
        `\`${line.trim()}\` stands in a loop or branch, or behind an exit, and was left as it is: it asks at a terminal, and without a person nobody answers it.`,
      );
    else if (asked) {
      const [, before = '', flags = '', double, single, behind = ''] = asked;
      const question = (double ?? single ?? '')
        .replace(/\s*[[(][yYnN/ ]+[\])]\s*[:?]?\s*$/, '')
        .trim();
      const words = behind.trim().split(/\s+/);
      const name = words.find((word) => /^[A-Za-z_]\w*$/.test(word)) ?? 'REPLY';
      const isHidden = /s/.test(
        `${before}${flags}${words.filter((one) => one.startsWith('-')).join('')}`,
      );
      const uses = rest.slice(at + 1).filter((one) => new RegExp(`\\$\\{?${name}\\b`).test(one));
      const refusal = refusalAfter(rest, at, name);
      const isAsked = uses.length === 0 || (refusal !== null && refusal.uses === uses.length);
      if (isAsked && !isHidden) {
        // The title of its group stays with it.
        if (!isBlank(open) || open.prose.length > 0) close(section('', 'main'));
        open.prose.push(`- [ ] ${question || 'Go on'}`);
        close(section('', 'main'));
        at = refusal?.end ?? at;
      } else {
        const input = inputNamed(name);
        const secret = isHidden ? true : undefined;
        inputs.set(input, { name: input, description: question, fallback: undefined, secret });
        open.lines.push(`${name}={{${input}}}`);
      }
      continue;
    }
    const comment = titleIn(line);
    // A rule around a title is no text of its own.
    if (comment === undefined && line.startsWith('#') && isWhole(open.lines)) continue;
    const above = rest[at - 1] ?? '';
    const isFirst = /^(?:#!.*|\s*)$/.test(above) || (isRule(above) && isRule(rest[at + 1] ?? ''));
    const isGroup =
      comment !== undefined && isFirst && isWhole(open.lines) && !leavesEarly(open.lines, leavers);
    if (comment !== undefined && isGroup) {
      if (intro === '' && sections.length === 0 && open.lines.every((one) => one.trim() === '')) {
        const more = takeWhileComment(rest, at);
        intro = more
          .filter((one) => !/^usage\b/i.test(one))
          .join('\n')
          .trim();
        at += more.length - 1;
        continue;
      }
      close(section(comment.replace(/[.:]$/, ''), 'main'));
      continue;
    }
    const called = FUNCTIONS_CALL.exec(line)?.[1];
    const body = called === undefined ? undefined : functions.get(called);
    if (
      called !== undefined &&
      body !== undefined &&
      callsOf(called, rest) === 1 &&
      !body.some((one) => /^\s*return\b/.test(one) || takesArguments(one)) &&
      isWhole(open.lines) &&
      !leavesEarly([...open.lines, line], leavers)
    ) {
      // A comment right above the call says better than a name what it does.
      const isTitled = open.title !== '' && open.prose.length === 0 && isBlank(open);
      const own = section(isTitled ? open.title : called.replace(/[-_]+/g, ' '), 'main');
      close(own);
      inlined.add(called);
      own.lines.push(...outsideOfFunction(body));
      close(section('', 'main'));
      continue;
    }
    if (/^\s*exit\s+0\s*$/.test(line) && isEnd(rest.slice(at + 1))) continue;
    open.lines.push(line);
  }
  close(section('', 'main'));
  const kept = [...functions].filter(
    ([name]) =>
      !inlined.has(name) &&
      [
        ...sections.flatMap(({ lines: own }) => own),
        ...[...functions].flatMap(([other, body]) => (other === name ? [] : body)),
      ].some((one) => new RegExp(`\\b${name}\\b`).test(one)),
  );
  // Before functions stand among them: what a function is called with is no argument of the script.
  for (const one of sections) argumentsOf(one, inputs);
  if (sections.some(({ lines: own }) => own.some((line) => takesArguments(outsideOfQuotes(line)))))
    remarks.push(
      'The script goes through its options or all of its arguments (`getopts`, `shift`, `$@`, `$#`): here it is given none, and that part does nothing. Make each of them an input.',
    );
  const firstFence = sections.find((one) => one.role === 'main' && !isBlank(one));
  for (const [name, body] of kept.toReversed())
    firstFence?.lines.unshift(`${name}() {`, ...body.map((one) => `  ${one}`), '}', '');
  joinSettings(sections);
  for (const { prose } of sections)
    for (const [at, line] of prose.entries())
      prose[at] = line.replace(/\$\{?([A-Za-z_]\w*)\}?/g, (variable, name: string) =>
        inputs.has(inputNamed(name)) ? `{{${inputNamed(name)}}}` : variable,
      );
  const settings = settingsOf(options);
  return { text: written(title, intro, settings, [...inputs.values()], sections), remarks };
}

/** Functions and variables alone do nothing: they stand in the fence that first uses them. */
function joinSettings(sections: Section[]): void {
  const first = sections.findIndex((one) => one.role === 'main' && !isBlank(one));
  const settings = sections[first];
  const next = sections.find((one, at) => at > first && one.role === 'main' && !isBlank(one));
  if (settings === undefined || next === undefined || settings.prose.length > 0) return;
  if (shellFacts(settings.lines.join('\n')).commands.some(({ conditional }) => !conditional))
    return;
  next.lines.unshift(...settings.lines, '');
  sections.splice(first, 1);
}

const FUNCTIONS_CALL = /^([A-Za-z_][\w-]*)(?:\s*(?:\|\|\s*exit.*)?)$/;
