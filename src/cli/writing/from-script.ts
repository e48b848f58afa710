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
}

interface Section {
  title: string;
  readonly role: 'main' | 'rollback' | 'cleanup';
  /** Prose before its fence, or an item for a person. */
  readonly prose: string[];
  readonly lines: string[];
}

const FUNCTION = /^(?:function\s+)?([A-Za-z_][\w-]*)\s*\(\)\s*\{\s*$/;
const READ = /^\s*read\s+(?:-[a-zA-Z]+\s+)*-[a-zA-Z]*p\s+(?:"([^"]*)"|'([^']*)')\s*([A-Za-z_]\w*)?/;
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
    if (asked) {
      const question = (asked[1] ?? asked[2] ?? '')
        .replace(/\s*[[(][yYnN/ ]+[\])]\s*[:?]?\s*$/, '')
        .trim();
      const name = asked[3];
      const uses = rest
        .slice(at + 1)
        .filter((one) => name !== undefined && new RegExp(`\\$\\{?${name}\\b`).test(one));
      const isYesNo =
        name === undefined || uses.every((one) => /[yY]/.test(one) && /\[\[?|case|test/.test(one));
      if (isYesNo) {
        close(section('', 'main'));
        open.prose.push(`- [ ] ${question || 'Go on'}`);
        close(section('', 'main'));
        if (/\[\[?.*\]\]?\s*(?:\|\||&&)|^\s*(?:if|case)\b/.test(rest[at + 1] ?? ''))
          at = pastDecision(rest, at + 1);
      } else {
        const input = inputNamed(name ?? 'answer');
        inputs.set(input, { name: input, description: question, fallback: undefined });
        open.lines.push(`${name}={{${input}}}`);
      }
      continue;
    }
    const comment = /^#+\s*(\S.*?)\s*#*$/.exec(line)?.[1];
    const isGroup =
      comment !== undefined && /^(?:#!.*|\s*)$/.test(rest[at - 1] ?? '') && isWhole(open.lines);
    if (comment !== undefined && isGroup && !/^[-=*#]{3,}$/.test(comment)) {
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
      !body.some((one) => /^\s*return\b/.test(one)) &&
      isWhole(open.lines)
    ) {
      // A comment right above the call says better than a name what it does.
      const isTitled = open.title !== '' && open.prose.length === 0 && isBlank(open);
      const own = section(isTitled ? open.title : called.replace(/[-_]+/g, ' '), 'main');
      close(own);
      inlined.add(called);
      own.lines.push(
        ...body
          .filter((one) => !/^\s*local(?:\s+-\w+)?(?:\s+\w+)+\s*$/.test(one))
          .map((one) => one.replace(/^(\s*)local\s+(?:-\w+\s+)?(?=\w)/, '$1')),
      );
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
      [...sections.flatMap(({ lines: own }) => own), ...[...functions.values()].flat()].some(
        (one) => new RegExp(`\\b${name}\\b`).test(one),
      ),
  );
  const firstFence = sections.find((one) => one.role === 'main' && !isBlank(one));
  for (const [name, body] of kept.toReversed())
    firstFence?.lines.unshift(`${name}() {`, ...body.map((one) => `  ${one}`), '}', '');
  joinSettings(sections);
  for (const one of sections) argumentsOf(one, inputs);
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

function bodyOf(command: string, functions: ReadonlyMap<string, readonly string[]>): string[] {
  return [...(functions.get(command.trim()) ?? command.split(/;\s*/))];
}

/** No block, quote or here-document is open: here the script can be cut. */
function isWhole(lines: readonly string[]): boolean {
  const text = lines.join('\n');
  return text.trim() === '' || shellFacts(text).wellFormed;
}

/** The line behind `[[ $x == y ]] || exit`, or behind its `if … fi`. */
function pastDecision(lines: readonly string[], from: number): number {
  const ends = /^\s*if\b/.test(lines[from] ?? '')
    ? /^\s*fi\b/
    : /^\s*case\b/.test(lines[from] ?? '')
      ? /^\s*esac\b/
      : null;
  if (ends === null) return from;
  const end = lines.findIndex((line, at) => at >= from && ends.test(line));
  return end < 0 ? from : end;
}

const inputNamed = (variable: string): string => variable.toLowerCase();

/** `VERSION="${1:-latest}"` and `$1`: arguments become inputs, named after the variable that takes them. */
function argumentsOf({ lines }: Section, inputs: Map<string, Input>): void {
  for (const [at, line] of lines.entries()) {
    const assigned = /^\s*(?:local\s+|readonly\s+|export\s+)?([A-Za-z_]\w*)="?\$\{?[1-9]/.exec(
      line,
    )?.[1];
    lines[at] = line.replace(
      /\$\{([1-9])(?::?([-?])([^}]*))?\}|\$([1-9])/g,
      (_, braced, kind, rest, bare) => {
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
  for (const { name, description, fallback } of inputs)
    head.push(
      `  ${name}: { description: ${JSON.stringify(description)}${fallback === undefined ? '' : `, default: ${JSON.stringify(fallback)}`} }`,
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
