import { shellWord } from '../../text/shell-word.ts';

/** What a person can be told to do about a run. */
type RunVerb = 'approve' | 'log' | 'resume' | 'timeline' | 'verify';

/**
 * The command line that does it. `state` names the folder or URL of the run store; `null` where the command finds the
 * run without it: who reads it elsewhere, or in another shell, has to be given it. `words` stand behind the run.
 */
export function commandAbout(
  verb: RunVerb,
  run: string,
  state: string | null,
  words: readonly string[] = [],
): string {
  const all = ['handrail', verb, run, ...words, ...(state === null ? [] : ['--state', state])];
  return all.map(shellWord).join(' ');
}

/** The kind of run store that a place names by what its URL begins with; `undefined` of a folder. */
export function schemeOf(place: string): string | undefined {
  return /^([a-z][a-z0-9+]+):/i.exec(place)?.[1]?.toLowerCase();
}

/** The folder or URL of the run store that a run's own place stands in. */
export function stateOf(place: string): string {
  const at = place.lastIndexOf('/runs/');
  return at < 0 ? place : place.slice(0, at);
}
