import { shellFacts } from '../../engine/shell/facts.ts';

/** A runbook as it is drafted from a script, and what its author has to look at. */
export interface Draft {
  readonly text: string;
  readonly remarks: readonly string[];
}

interface Input {
  readonly name: string;
  readonly description: string;
  readonly fallback: string | undefined;
  readonly secret?: boolean | undefined;
}

interface Section {
  title: string;
  readonly role: 'main' | 'rollback' | 'cleanup';
  /** Prose before its fence, or an item for a person. */
  readonly prose: string[];
  readonly lines: string[];
}

const FUNCTION = /^(?:function\s+)?([A-Za-z_][\w-]*)\s*\(\)\s*\{\s*$/;
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
  const settings = new Set<string>();
  const inlined = new Set<string>();
  let intro = '';
  let open = section('', 'main');
  const close = (next: Section): void => {
    if (open.lines.some((line) => line.trim() !== '') || open.prose.length > 0) sections.push(open);
    open = next;
  };
  for (let at = 0; at < rest.length; at += 1) {
    const line = rest[at] ?? '';
    if (at === 0 && line.startsWith('#!')) {
      if (!/\b(?:ba)?sh\b/.test(line))
        remarks.push(
          `The script is for \`${line.slice(2).trim()}\`: see that its commands are bash.`,
        );
      continue;
    }
    if (/^\s*set\s+[-+]/.test(line)) {
      if (/-\w*u|nounset/.test(line)) settings.add('nounset: true');
      continue;
    }
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
    if (asked && !isWhole(open.lines))
      remarks.push(
        `\`${line.trim()}\` stands in a loop or branch and was left as it is: it asks at a terminal, and without a person nobody answers it.`,
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
    const isGroup = comment !== undefined && isFirst && isWhole(open.lines);
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
      isWhole(open.lines)
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
    if (/^\s*exit\s+0\s*$/.test(line) && at > rest.length - 4) continue;
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
  return { text: written(title, intro, [...settings], [...inputs.values()], sections), remarks };
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

/** The comment lines from there on, without their marks. */
function takeWhileComment(lines: readonly string[], from: number): readonly string[] {
  const found: string[] = [];
  for (let at = from; /^#(?!!)/.test(lines[at] ?? ''); at += 1)
    found.push((lines[at] ?? '').replace(/^#+\s?/, '').trimEnd());
  return found;
}

const FUNCTIONS_CALL = /^([A-Za-z_][\w-]*)(?:\s*(?:\|\|\s*exit.*)?)$/;

const isBlank = ({ lines }: Section): boolean => lines.every((line) => line.trim() === '');

function section(title: string, role: Section['role']): Section {
  return { title, role, prose: [], lines: [] };
}

/** Functions at the left margin with their bodies, and the lines without them. */
function takeFunctions(lines: readonly string[]): {
  readonly functions: ReadonlyMap<string, readonly string[]>;
  readonly rest: readonly string[];
} {
  const functions = new Map<string, readonly string[]>();
  const rest: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const name = FUNCTION.exec(lines[at] ?? '')?.[1];
    const end =
      name === undefined
        ? -1
        : lines.findIndex((line, index) => index > at && /^\}\s*$/.test(line));
    if (name === undefined || end < 0) {
      rest.push(lines[at] ?? '');
      continue;
    }
    while (/^#(?!!)/.test(rest.at(-1) ?? '')) rest.pop();
    functions.set(name, dedented(lines.slice(at + 1, end)));
    at = end;
  }
  return { functions, rest };
}

function dedented(lines: readonly string[]): readonly string[] {
  const depths = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  const depth = Math.min(...depths, 40);
  return lines.map((line) => line.slice(Math.min(depth, /^\s*/.exec(line)?.[0].length ?? 0)));
}

function callsOf(name: string, rest: readonly string[]): number {
  const pattern = new RegExp(`(?:^|[\\s;&|(])${name}(?=$|[\\s;&|)])`);
  return rest.filter((line) => pattern.test(line) && !/^\s*(?:trap|#)/.test(line)).length;
}

/** What a trap does: its function's body, or its commands. Leaving the script is not part of it. */
function bodyOf(command: string, functions: ReadonlyMap<string, readonly string[]>): string[] {
  const isQuoted = /["'\\({]/.test(command);
  const lines = isQuoted ? [command] : command.split(';').map((one) => one.trim());
  const called = lines.flatMap((one) => outsideOfFunction(functions.get(one.trim()) ?? [one]));
  while (/^\s*(?:(?:exit|return)\b.*)?$/.test(called.at(-1) ?? 'end')) called.pop();
  return called;
}

/** A body that stands in no function any more: nothing in it is local. */
function outsideOfFunction(body: readonly string[]): readonly string[] {
  return body
    .filter((one) => !/^\s*local(?:\s+-\w+)?(?:\s+\w+)+\s*$/.test(one))
    .map((one) => one.replace(/^(\s*)local\s+(?:-\w+\s+)?(?=\w)/, '$1'));
}

/** No block, quote or here-document is open: here the script can be cut. */
function isWhole(lines: readonly string[]): boolean {
  const text = lines.join('\n');
  return text.trim() === '' || shellFacts(text).wellFormed;
}

/** What a comment at the left margin says, without the rules drawn around it; `undefined`: it says nothing. */
function titleIn(line: string): string | undefined {
  if (!line.startsWith('#')) return undefined;
  const bare = trimmedOf(line, '#-=*~_+ \t');
  return bare === '' ? undefined : bare;
}

const isRule = (line: string): boolean => line.startsWith('#') && titleIn(line) === undefined;

/** A text without those characters at its ends. */
function trimmedOf(text: string, characters: string): string {
  let [from, to] = [0, text.length];
  while (from < to && characters.includes(text.charAt(from))) from += 1;
  while (to > from && characters.includes(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

/**
 * What follows a question and only ends the script when the answer is no: `[[ $x == y ]] || exit`, or an `if` or `case` that
 * does nothing but say so and leave. `null` when it does more: then nothing of it may be lost.
 */
function refusalAfter(
  lines: readonly string[],
  asked: number,
  name: string,
): { readonly end: number; readonly uses: number } | null {
  const from = lines.findIndex((line, at) => at > asked && line.trim() !== '');
  const first = lines[from] ?? '';
  const closing = /^\s*if\b/.test(first)
    ? /^\s*fi\b|;\s*fi\s*$/
    : /^\s*case\b/.test(first)
      ? /^\s*esac\b|;\s*esac\s*$/
      : null;
  const end =
    closing === null ? from : lines.findIndex((line, at) => at >= from && closing.test(line));
  if (from < 0 || end < 0) return null;
  const block = lines.slice(from, end + 1);
  const facts = shellFacts(block.join('\n'));
  const leaves = facts.commands.some((command) => LEAVES.has(command.name));
  const saysOnly = facts.commands.every((command) => SAYS.has(command.name));
  if (!leaves || !saysOnly) return null;
  const use = new RegExp(`\\$\\{?${name}\\b`);
  return { end, uses: block.filter((line) => use.test(line)).length };
}

const LEAVES: ReadonlySet<string> = new Set(['exit', 'return']);
const SAYS: ReadonlySet<string> = new Set([
  ...LEAVES,
  'echo',
  'printf',
  '[',
  '[[',
  'test',
  ':',
  'true',
  'false',
]);

const inputNamed = (variable: string): string => variable.toLowerCase();

/** Whether a line asks for what its function, or the script, was called with. */
const takesArguments = (line: string): boolean =>
  /\$(?:[1-9@*#]|\{#?[1-9@*#])|(?:^|[\s;&|])(?:shift|getopts)\b/.test(line);

/** A line without what stands in single quotes and comments, and without a function that it defines. */
const outsideOfQuotes = (line: string): string =>
  /^\s*(?:function\s+)?[\w-]+\s*\(\)/.test(line)
    ? ''
    : (line.replace(/'[^']*'/g, '').split(/(?:^|\s)#/, 1)[0] ?? '');

/** `VERSION="${1:-latest}"` and `$1`: arguments become inputs, named after the variable that takes them. */
function argumentsOf({ lines }: Section, inputs: Map<string, Input>): void {
  const text = lines.join('\n');
  const places = expandedPlaces(text);
  let start = 0;
  for (const [at, line] of lines.entries()) {
    const from = start;
    start += line.length + 1;
    const assigned = /^\s*(?:local\s+|readonly\s+|export\s+)?([A-Za-z_]\w*)="?\$\{?[1-9]/.exec(
      line,
    )?.[1];
    lines[at] = line.replace(
      /\$\{([1-9])(?::?([-?])([^}]*))?\}|\$([1-9])/g,
      (whole, braced, kind, rest, bare, offset) => {
        if (!places.has(from + Number(offset))) return whole;
        const number = String(braced ?? bare);
        const known = [...inputs.values()].find(
          ({ description }) => description === `Argument ${number} of the script`,
        );
        const name =
          known?.name ?? (assigned === undefined ? `argument_${number}` : inputNamed(assigned));
        const fallback = kind === '-' ? String(rest).replace(/^["']|["']$/g, '') : known?.fallback;
        inputs.set(name, { name, description: `Argument ${number} of the script`, fallback });
        return `{{${name}}}`;
      },
    );
  }
}

/** Where a `$` is one of the script itself: not in single quotes (`awk '{print $1}'`), a comment or a function. */
function expandedPlaces(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  let quote = '';
  let inside = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const isStart = quote === '' && (at === 0 || /[\s;]/.test(text.charAt(at - 1)));
    if (quote === "'") quote = char === "'" ? '' : quote;
    else if (char === '\\') at += 1;
    else if (char === '"') quote = quote === '"' ? '' : '"';
    else if (char === "'" && quote === '') quote = "'";
    else if (char === '#' && isStart) at = endOfLine(text, at);
    else if (char === '$') {
      if (inside === 0) found.add(at);
      if (text.charAt(at + 1) === '{') at = Math.max(at, text.indexOf('}', at));
    } else if (char === '{' && quote === '' && (inside > 0 || opensFunction(text, at))) inside += 1;
    else if (char === '}' && quote === '' && inside > 0) inside -= 1;
  }
  return found;
}

const endOfLine = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

const opensFunction = (text: string, at: number): boolean =>
  /\(\)$/.test(text.slice(Math.max(0, at - 40), at).trimEnd());

function written(
  title: string,
  intro: string,
  settings: readonly string[],
  inputs: readonly Input[],
  sections: readonly Section[],
): string {
  const head = ['---', 'kind: runbook'];
  if (settings.length > 0) head.push(`shell: { ${settings.join(', ')} }`);
  if (inputs.length > 0) head.push('inputs:');
  for (const { name, description, fallback, secret } of inputs)
    head.push(
      `  ${name}: { description: ${JSON.stringify(description)}${fallback === undefined ? '' : `, default: ${JSON.stringify(fallback)}`}${secret === true ? ', secret: true' : ''} }`,
    );
  const order = { main: 0, rollback: 1, cleanup: 2 };
  const body = sections
    .toSorted((one, other) => order[one.role] - order[other.role])
    .flatMap((one) => {
      const text = one.lines
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .replace(/^\n+|\s+$/g, '');
      const name = one.title === '' ? '' : one.title.charAt(0).toUpperCase() + one.title.slice(1);
      return [
        ...(name === '' ? [] : [`## ${name}`, '']),
        ...one.prose.flatMap((line) => [line, '']),
        ...(text === '' ? [] : [`${fence(text)}bash`, text, fence(text), '']),
      ];
    });
  return [...head, '---', '', `# ${title}`, '', ...(intro === '' ? [] : [intro, '']), ...body].join(
    '\n',
  );
}

/** A fence longer than any in the text. */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
}
