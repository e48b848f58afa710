import path from 'node:path';
import { type Plan, withProbe } from '../../engine/model/plan.ts';
import type { Step } from '../../engine/model/runbook.ts';
import type { ShellCommand } from '../../engine/model/shell-facts.ts';
import { stepsOnTheSide } from '../../engine/planning/ways-back.ts';
import { unquoted } from '../../engine/programs/arguments.ts';
import { needsOf } from '../../engine/programs/needs.ts';
import { shellFacts } from '../../engine/shell/facts.ts';

const HARMLESS = /^\/dev\/(?:null|stdout|stderr|tty|fd\/\d+)$/;

/** Every step that a run of the plan can come to, with the id that names it: probes, and a rollback that a failure leads to. */
export function reachable(plan: Plan): ReadonlyMap<string, Step> {
  const { rollbacks, runbook, steps, linked = [] } = plan;
  const leadsBack = steps.some(({ step }) => /^(?:rollback|goto )/.test(onFailOf(step)));
  const back = runbook.steps.filter(
    ({ line }) => leadsBack && rollbacks.some((one) => line >= one.line && line <= one.endLine),
  );
  const planned = steps.flatMap((one) =>
    withProbe(one).map((step) => [step === one.step ? one.id : step.id, step] as const),
  );
  const names = linked.flatMap((page) => page.rollbacks.map(({ id }) => `${page.link.id}/${id}`));
  const linkedBack = leadsBack ? names.flatMap((name) => stepsOnTheSide(plan, name)) : [];
  return new Map([
    ...back.map((step) => [step.id, step] as const),
    ...linkedBack.map(({ id, step }) => [id, step] as const),
    ...planned,
  ]);
}

const onFailOf = ({ annotations }: Step): string => annotations['on-fail'] ?? 'stop';

/** What a step would do outside of its scratch folder, as sentences; a test never does it. */
export function refusalsOf(
  id: string,
  step: Step,
  instead: Readonly<Record<string, unknown>>,
  real: ReadonlySet<string>,
  files: Readonly<Record<string, string>> = {},
): readonly string[] {
  if (isNamed(id, instead)) return [];
  if (step.traits.reachesOut)
    return [`step \`${id}\` talks to another machine: say under \`instead\` what comes of it`];
  const byPath = (step.shell?.commands ?? [])
    .flatMap(({ name, needs = [] }) => [...new Set([name, ...needs])])
    .filter((name) => /^[/~]|(?:^|\/)\.\.\//.test(name))
    .map(
      (name) =>
        `step \`${id}\` calls \`${name}\` by its path, where nothing can stand in for it: call it by its name, or say under \`instead\` what comes of the step`,
    );
  const paths = [...step.text.matchAll(/>[>|&]?\s{0,8}["']?((?:\/|\.\.\/)[^\s"';|&)]{1,400})/g)]
    .map(([, file = '']) => file)
    .filter((file) => step.shell !== undefined && !HARMLESS.test(file) && !file.startsWith('/tmp/'))
    .map((file) => `step \`${id}\` writes to \`${file}\`, outside of the scratch folder`);
  const defaultPath = /\bcommand["']?\s{1,8}-p\b/.test(step.text)
    ? [`step \`${id}\` uses \`command -p\`, which passes by every stand-in`]
    : [];
  const unseen = [
    ...whyElsewhere(step, real),
    ...(step.shell?.commands ?? []).flatMap((command) => whyOf(command, files)),
  ].map((why) => `step \`${id}\` ${why}: say under \`instead\` what comes of the step`);
  return [...byPath, ...paths, ...defaultPath, ...unseen];
}

/** What of a step's words, or of a variable that it sets, leads out of the scratch folder or off its PATH. */
function whyElsewhere({ annotations, shell, text }: Step, real: ReadonlySet<string>): string[] {
  const { cwd, env = {}, interpreter, shell: program } = annotations;
  const found: string[] = [];
  if (shell?.assigns.includes('PATH') || Object.hasOwn(env, 'PATH') || setsPath(text))
    found.push('sets `PATH`, and finds commands that nothing stands in for');
  if (cwd !== undefined && isOutside(cwd)) found.push(`leaves the scratch folder (\`cwd=${cwd}\`)`);
  const programs = [interpreter, program, /^#!\s{0,8}(\S.{0,400})/.exec(text)?.[1]];
  for (const said of programs) {
    const [reader = '', ...options] = (said ?? '').trim().split(/\s+/);
    if (options.some((option) => /^-\w*p/.test(option)))
      found.push(`is read by \`${said}\`, which keeps to no PATH of a test`);
    const name = reader.slice(reader.lastIndexOf('/') + 1);
    if (isOutside(reader) && !/^(?:bash|sh|env)$/.test(name) && !real.has(name))
      found.push(`is read by \`${reader}\`, which does not stand under \`real\``);
  }
  return found;
}

/** What is wrong with a command and those that it runs, with the scripts that they read and the texts that they are handed. */
function whyOf(
  { name, args }: Pick<ShellCommand, 'name' | 'args'>,
  files: Readonly<Record<string, string>>,
  depth = 0,
): readonly string[] {
  if (name === '' || depth > MOST_FILES) return whyUnseen({ name, args });
  const { runs, scripts } = needsOf([name, ...args]);
  const all = runs.map(([called = '', ...words]) => ({
    name: /[$`]/.test(called) ? '' : unquoted(called),
    args: words,
  }));
  return [
    ...all.flatMap((run) => [...whyUnseen(run), ...whyInFile(run, files, depth)]),
    ...scripts.flatMap((text) => whyInText(text, files, depth + 1)),
  ];
}

/** The same of a whole text that does not stand in the step itself. */
function whyInText(
  text: string,
  files: Readonly<Record<string, string>>,
  depth: number,
): readonly string[] {
  const { commands } = shellFacts(text);
  return [
    ...(setsPath(text) ? ['sets `PATH`'] : []),
    ...(/\bcommand["']?\s{1,8}-p\b/.test(text) ? ['uses `command -p`'] : []),
    ...commands
      .flatMap((command) => [command.name, ...(command.needs ?? [])])
      .filter((called) => /^[/~]/.test(called))
      .map((called) => `calls \`${called}\` by its path`),
    ...commands.flatMap((command) => whyOf(command, files, depth)),
  ];
}

/** What a script that a step reads or runs would call; only those that the test gives can be looked into. */
function whyInFile(
  { name, args }: Pick<ShellCommand, 'name' | 'args'>,
  files: Readonly<Record<string, string>>,
  depth: number,
): readonly string[] {
  if (!/^(?:\.|source|bash|sh)$/.test(name) || depth > MOST_FILES) return [];
  const file = args.find((arg) => !arg.startsWith('-'));
  const isText = args.some((arg) => /^-[A-Za-z]*c$/.test(arg));
  if (file === undefined || isText || isOutside(file) || /[$`]|^<\(/.test(file)) return [];
  const text = files[path.normalize(file)];
  if (text === undefined)
    return [`reads \`${file}\`, which does not stand under \`files\` and cannot be looked into`];
  return whyInText(text, files, depth + 1).map((why) => `reads \`${file}\`, which ${why}`);
}

const MOST_FILES = 8;

/** Also in front of one command, by `read`, or in a text that is evaluated. */
function setsPath(text: string): boolean {
  if (/(?:^|[\s;&|(]|\beval ["'])PATH\+?=/m.test(text)) return true;
  return text.split(/[;\n|&$]/).some((command) => {
    const words = command.trim().split(/\s+/);
    const setter = words.findIndex((word) => SETTERS.has(word));
    return setter >= 0 && words.indexOf('PATH') > setter;
  });
}

const SETTERS = new Set(['unset', 'read', 'mapfile', 'readarray', 'for', 'printf', 'getopts']);

const isOutside = (file: string): boolean => /^(?:\/|~|(?:\.\/)?\.\.(?:\/|$))/.test(file);

/** How a command of bash itself, or one whose name is only known while it runs, gets by every stand-in. */
function whyUnseen(command: Pick<ShellCommand, 'name' | 'args'>): readonly string[] {
  const why = waysBy(command);
  return why === undefined ? [] : [why];
}

function waysBy({ name, args }: Pick<ShellCommand, 'name' | 'args'>): string | undefined {
  const shown = [name, ...args].join(' ').slice(0, 80);
  switch (name) {
    case '':
      return 'calls a command whose name is known only while it runs';
    case 'bash':
    case 'sh':
      return whyShell(shown, args);
    case 'eval':
      return args.some((arg) => /[$`]/.test(arg))
        ? 'evaluates a text that is known only while it runs'
        : undefined;
    case '.':
    case 'source':
      return isOutside(args[0] ?? '') || /[$`]|^<\(/.test(args[0] ?? '')
        ? `reads \`${shown}\`, outside of the scratch folder`
        : undefined;
    case 'cd':
    case 'pushd':
      return args.some(isOutside) ? `leaves the scratch folder (\`${shown}\`)` : undefined;
    case 'enable':
      return args.length > 0 ? `chooses builtins of bash (\`${shown}\`)` : undefined;
    case 'hash':
      if (args.some((arg) => /^-\w*p/.test(arg)))
        return `calls \`${shown}\`, where nothing can stand in`;
      return undefined;
    case 'set':
      return args.some((arg) => /^-\w*[hp]|^(?:hashall|privileged)$/.test(arg))
        ? `has commands looked up otherwise (\`${shown}\`)`
        : undefined;
    case 'declare':
    case 'typeset':
    case 'local':
      return args.some((arg) => /^-\w*n/.test(arg)) &&
        args.some((arg) => /=["']?(?:PATH|\$)/.test(arg))
        ? `names \`PATH\` otherwise (\`${shown}\`)`
        : undefined;
    case 'exec':
    case 'command':
    case 'builtin':
      return args.some((arg) => isOutside(arg) || (/^["']?\$/.test(arg) && name !== 'builtin'))
        ? `calls \`${shown}\`, where nothing can stand in`
        : undefined;
    case 'alias':
    case 'trap':
      return args.some((arg) =>
        /(?:^|[=;&|({"']\s{0,8})(?:\/|~\/|["']?\$\{?\w{1,60}\}?["']?\/)/.test(arg),
      )
        ? `calls a program by its path (\`${shown}\`)`
        : undefined;
    default:
      return undefined;
  }
}

/** How another shell gets by the stand-ins: by its options, or by a script that nobody knows before it runs. */
function whyShell(shown: string, args: readonly string[]): string | undefined {
  if (args.some((arg) => /^-[A-Za-z]*p/.test(arg)))
    return `starts a shell that keeps to no PATH of a test (\`${shown}\`)`;
  if (args.every((arg) => /^[-+]/.test(arg)))
    return `hands \`${shown}\` a script that cannot be looked into`;
  const text = args.findIndex((arg) => /^-[A-Za-z]*c$/.test(arg));
  const script = text < 0 ? args.find((arg) => !/^[-+]/.test(arg)) : args[text + 1];
  const isOpen = text < 0 || /^["']/.test(script ?? '');
  return isOpen && /[$`]/.test((script ?? '').replace(/\\./gs, ''))
    ? `hands a shell a script that is known only while it runs (\`${shown}\`)`
    : undefined;
}

/** Whether a step is named: by its id, the end of one, or its name. */
export function isNamed(id: string, names: Readonly<Record<string, unknown>>): boolean {
  return nameOf(id, names) !== undefined;
}

/** The name under which a step is meant. */
export function nameOf(id: string, names: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(names).find((name) => id === name || id.endsWith(`/${name}`));
}
