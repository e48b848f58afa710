import type { Effect } from '../../engine/model/effect.ts';
import type { Step } from '../../engine/model/runbook.ts';

/** What a step does to the world, in words. */
export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  none: 'changes nothing',
  reads: 'read only',
  writes: 'writes',
  destroys: 'destructive',
  asks: 'done by you',
};

/** The command line that carries out one procedure, or one of its steps. */
export function commandLine(path: string, procedure: string, step?: Pick<Step, 'id'>): string {
  const address = procedure === '' ? path : `${path}#${procedure}`;
  return ['handrail', 'run', word(address), ...(step ? ['--step', word(step.id)] : [])].join(' ');
}

/** The id of a step on its page; no heading's anchor has a colon. */
export function stepAnchor(id: string): string {
  return `step:${id.replace(/\s+/g, '-')}`;
}

function word(text: string): string {
  if (/^[A-Za-z0-9_./:=@,+#-]+$/.test(text) && !/^[#-]/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
