import type { PlannedStep } from '../../engine/model/plan.ts';
import { stepTypes } from '../../steps/index.ts';

const REACHING: ReadonlySet<string> = new Set(
  stepTypes.filter(({ reachesOut }) => reachesOut).map(({ name }) => name),
);

const HARMLESS = /^\/dev\/(?:null|stdout|stderr|tty|fd\/\d+)$/;

/** What a step would do outside of its scratch folder, as sentences; a test never does it. */
export function refusalsOf(
  { id, step }: PlannedStep,
  instead: Readonly<Record<string, unknown>>,
): readonly string[] {
  if (isNamed(id, instead)) return [];
  if (REACHING.has(step.type))
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
  return [...byPath, ...paths, ...defaultPath];
}

/** Whether a step is named: by its id, the end of one, or its name. */
export function isNamed(id: string, names: Readonly<Record<string, unknown>>): boolean {
  return nameOf(id, names) !== undefined;
}

/** The name under which a step is meant. */
export function nameOf(id: string, names: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(names).find((name) => id === name || id.endsWith(`/${name}`));
}
