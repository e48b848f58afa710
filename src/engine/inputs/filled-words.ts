import type { Step } from '../model/runbook.ts';

/** The texts beside a step's own in which a run replaces `{{name}}`: its title and the annotations that take values. */
export function filledWords({ title, annotations }: Step): readonly string[] {
  const { cwd, host, in: inside, until, env = {}, with: given = {} } = annotations;
  return [title, cwd, host, inside, until, ...Object.values(env), ...Object.values(given)].filter(
    (text) => text !== undefined,
  );
}
