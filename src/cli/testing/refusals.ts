import type { PlannedStep } from '../../engine/model/plan.ts';
import type { ShellCommand } from '../../engine/model/shell-facts.ts';

const HARMLESS = /^\/dev\/(?:null|stdout|stderr|tty|fd\/\d+)$/;

/** What a step would do outside of its scratch folder, as sentences; a test never does it. */
export function refusalsOf(
  { id, step }: PlannedStep,
  instead: Readonly<Record<string, unknown>>,
): readonly string[] {
  if (isNamed(id, instead)) return [];
  if (step.traits.reachesOut)
    return [`step \`${id}\` talks to another machine: say under \`instead\` what comes of it`];
  const byPath = (step.shell?.commands ?? [])
    .filter(({ name }) => name.startsWith('/') || name.startsWith('~'))
    .map(
      ({ name }) =>
        `step \`${id}\` calls \`${name}\` by its path, where nothing can stand in for it: call it by its name, or say under \`instead\` what comes of the step`,
    );
  const paths = [...step.text.matchAll(/>[>|]?\s{0,8}["']?(\/[^\s"';|&)]{1,400})/g)]
    .map(([, file = '']) => file)
    .filter((file) => step.shell !== undefined && !HARMLESS.test(file) && !file.startsWith('/tmp/'))
    .map((file) => `step \`${id}\` writes to \`${file}\`, outside of the scratch folder`);
  const defaultPath = /\bcommand\s{1,8}-p\b/.test(step.text)
    ? [`step \`${id}\` uses \`command -p\`, which passes by every stand-in`]
    : [];
  const unseen = (step.shell?.commands ?? []).flatMap((command) => {
    const why = whyUnseen(command);
    return why === undefined
      ? []
      : [`step \`${id}\` ${why}: say under \`instead\` what comes of the step`];
  });
  return [...byPath, ...paths, ...defaultPath, ...unseen];
}

/** How a command of bash itself, or one whose name is only known while it runs, gets by every stand-in. */
function whyUnseen({ name, args }: ShellCommand): string | undefined {
  const isOutside = (path: string): boolean => /^(?:\/|~|(?:\.\/)?\.\.(?:\/|$))/.test(path);
  const shown = [name, ...args].join(' ').slice(0, 80);
  switch (name) {
    case '':
      return 'calls a command whose name is known only while it runs';
    case 'eval':
      return args.some((arg) => /[$`]/.test(arg))
        ? 'evaluates a text that is known only while it runs'
        : undefined;
    case '.':
    case 'source':
      return isOutside(args[0] ?? '') || /[$`]/.test(args[0] ?? '')
        ? `reads \`${shown}\`, outside of the scratch folder`
        : undefined;
    case 'cd':
    case 'pushd':
      return args.some(isOutside) ? `leaves the scratch folder (\`${shown}\`)` : undefined;
    case 'exec':
    case 'hash':
    case 'enable':
    case 'command':
    case 'builtin':
      return args.some((arg) => isOutside(arg) || (/^["']?\$/.test(arg) && name !== 'builtin'))
        ? `calls \`${shown}\`, where nothing can stand in`
        : undefined;
    default:
      return undefined;
  }
}

/** Whether a step is named: by its id, the end of one, or its name. */
export function isNamed(id: string, names: Readonly<Record<string, unknown>>): boolean {
  return nameOf(id, names) !== undefined;
}

/** The name under which a step is meant. */
export function nameOf(id: string, names: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(names).find((name) => id === name || id.endsWith(`/${name}`));
}
