import { parseArguments } from '../../../src/cli/arguments.ts';
import { screenStyle } from '../../../src/cli/screen/style.ts';
import { TABLE } from '../../../src/cli/table.ts';
import { dice } from './dice.ts';
import type { Edited } from './edit.ts';
import { editByChance } from './edits.ts';
import { type RecordFiles, readRecord, rewrite } from './record-files.ts';

/** What came of the edits. */
export interface Fuzzed {
  readonly edits: number;
  /** How many of them what is stored proves. */
  readonly provable: number;
  /** Verdicts that were wrong, with what had been done, and the number that makes the same edit again. */
  readonly wrong: readonly string[];
}

/**
 * Edits a stored record by chance, once for each number from `seed` on, each time from the record as it was, and asks
 * `handrail verify` what it says. A verdict is wrong when a record that was touched is called sound, when nothing is
 * said of an edit that what is stored proves, when a run that nobody touched is said to be something else than before,
 * or when the command gives up.
 */
export async function fuzzVerify(
  state: string,
  seed: number,
  edits: number,
  onEdit: (done: number) => void = () => undefined,
): Promise<Fuzzed> {
  const before = readRecord(state);
  const good = await verdicts(state);
  const wrong: string[] = [];
  let provable = 0;
  for (let number = seed; number < seed + edits; number += 1) {
    const edited = editByChance(before, dice(number));
    if (edited.isProvable) provable += 1;
    const why = await judged(state, before, edited, good);
    if (why !== '') wrong.push(`${number}: ${edited.what}: ${why}`);
    onEdit(number - seed + 1);
  }
  return { edits, provable, wrong };
}

type Verdicts = ReadonlyMap<string, string>;

async function judged(
  state: string,
  before: RecordFiles,
  edited: Edited,
  good: Verdicts,
): Promise<string> {
  rewrite(state, before, edited.files);
  try {
    return wrongIn(edited, await verdicts(state), good) || (await hiddenRuns(state, edited, good));
  } catch (error) {
    return `verify gave up: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    rewrite(state, edited.files, before);
  }
}

function wrongIn({ touched, isProvable }: Edited, found: Verdicts, good: Verdicts): string {
  if (touched !== null) {
    const sound = touched.find((run) => found.get(run) === 'sound' && isProvable);
    if (sound !== undefined) return `${sound} is called sound`;
    const moved = [...good].find(([of, name]) => !touched.includes(of) && found.get(of) !== name);
    if (moved !== undefined)
      return `nobody touched ${moved[0]}, and it is ${found.get(moved[0])}, not ${moved[1]}`;
  }
  const isNoticed = [...found].some(([of, name]) => good.get(of) !== name);
  return isProvable && !isNoticed ? 'nothing is said of it' : '';
}

/** Runs that nobody touched are listed whatever happened to the others. */
async function hiddenRuns(state: string, { touched }: Edited, good: Verdicts): Promise<string> {
  if (touched === null || touched.length === 0) return '';
  const said: { readonly runs: readonly { readonly run: string }[] } = JSON.parse(
    await call(state, ['runs', '--limit', '1000', '--json']),
  );
  const listed = new Set(said.runs.map(({ run }) => run));
  const hidden = [...good.keys()].find((run) => !touched.includes(run) && !listed.has(run));
  return hidden === undefined ? '' : `it hides ${hidden}`;
}

/** What `handrail verify` says, by what it says it of. */
async function verdicts(state: string): Promise<Verdicts> {
  const said: { readonly verdicts: readonly { readonly of: string; readonly name: string }[] } =
    JSON.parse(await call(state, ['verify', '--json']));
  return new Map(said.verdicts.map(({ of, name }) => [of, name]));
}

async function call(state: string, words: readonly string[]): Promise<string> {
  const command = TABLE.commands.find(({ name }) => name === words[0]);
  if (command === undefined) throw new Error(`there is no command ${words[0]}`);
  let text = '';
  const outlet = {
    write(piece: string | Uint8Array) {
      text += piece;
      return undefined;
    },
    closed: false,
    isTerminal: false,
  };
  await (await command.load()).run(parseArguments(command, TABLE, words.slice(1)), {
    env: {},
    cwd: state,
    out: outlet,
    err: outlet,
    style: screenStyle(false),
    colour: false,
    columns: 80,
    interactive: false,
    state,
    version: '0.0.0-test',
  });
  return text;
}
