import type { AnyStepType } from '../engine/contracts/step-type.ts';
import type { WrittenSecret } from '../engine/literal-secrets.ts';
import { load } from '../engine/load.ts';
import { maybe, recordOf, refuseArguments, text, word } from '../engine/model/guard.ts';
import type { Runbook, SourceText } from '../engine/model/runbook.ts';
import type { Judged } from '../engine/reading/classes/class.ts';
import { openPageCache, type PageCache } from './page-cache.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A runbook with the text it was read from. */
export interface ReadText {
  readonly source: SourceText;
  readonly runbook: Runbook;
}

/** Loads and reads the runbook at a path, with every step type. Throws what `load` and `parse` throw. */
export async function readRunbook(path: string, env: Environment = process.env): Promise<ReadText> {
  refuseArguments('readRunbook', { path, env }, { path: word, env: recordOf(maybe(text)) });
  const source = await load(path);
  return { source, runbook: await pageOf(source, openPageCache(env)) };
}

/** What every block of the page at a path was weighed to be. Throws what `load` and `parse` throw. */
export async function judgedBlocks(
  path: string,
): Promise<{ readonly runbook: Runbook; readonly blocks: readonly Judged[] }> {
  const source = await load(path);
  const [{ parse }, { stepTypes }] = await Promise.all([
    import('../engine/parse.ts'),
    import('../steps/index.ts'),
  ]);
  const blocks: Judged[] = [];
  const runbook = await parse(source, { stepTypes, judged: (each) => blocks.push(each) });
  return { runbook, blocks };
}

/** What `make` makes of the page at a path, or made of the same bytes before. Throws what `load` and `make` throw. */
export async function derivedFromPage<T>(
  path: string,
  what: string,
  make: (runbook: Runbook) => T,
  env: Environment = process.env,
): Promise<T> {
  const source = await load(path);
  const cache = openPageCache(env);
  const made = async (): Promise<T> => make(await pageOf(source, cache));
  return cache === null ? made() : cache.derived(source, what, made);
}

/** A page as it was read before; else it is read now, and kept. */
export async function pageOf(
  source: SourceText,
  cache: PageCache | null,
  types?: readonly AnyStepType[],
): Promise<Runbook> {
  const known = cache?.get(source);
  if (known !== undefined) return known;
  const [{ parse }, { stepTypes }] = await Promise.all([
    import('../engine/parse.ts'),
    import('../steps/index.ts'),
  ]);
  const runbook = await parse(source, { stepTypes: types ?? stepTypes });
  cache?.put(source, runbook);
  return runbook;
}

/** What stands of secrets in the words of a page: to look for it loads what is known of programs, 8 ms of a run's 90. */
export async function wordsOn(
  page: Runbook,
  cache: PageCache | null,
): Promise<readonly WrittenSecret[]> {
  const look = async (): Promise<readonly WrittenSecret[]> => {
    const { writtenIn } = await import('../engine/literal-secrets.ts');
    return writtenIn(page.text);
  };
  if (cache === null) return look();
  return cache.derived({ ...page, bytes: Buffer.from(page.text) }, 'words', look);
}
