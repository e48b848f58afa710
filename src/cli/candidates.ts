import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { CommandSpec, CommandTable, Completes, OptionSpec } from './command.ts';
import type { CliContext } from './context.ts';
import { markdownFiles } from './find-runbooks.ts';

/** Something that could stand for the word being typed. */
export interface Candidate {
  readonly word: string;
  readonly summary: string;
}

/** What candidates are looked for in. */
export interface Setting extends Pick<CliContext, 'cwd' | 'env' | 'state'> {
  readonly table: CommandTable;
}

/** What could stand for the last of the typed words; the words begin behind `handrail`. */
export async function candidates(
  typed: readonly string[],
  setting: Setting,
): Promise<readonly Candidate[]> {
  const word = typed.at(-1) ?? '';
  const [name, ...before] = typed.slice(0, -1);
  const found =
    name === undefined
      ? setting.table.commands.map(named)
      : await inCommand(name, { command: name, before, word, setting });
  return found.filter((candidate) => candidate.word.startsWith(word));
}

interface Typing {
  /** The command that the words belong to. */
  readonly command: string;
  readonly before: readonly string[];
  readonly word: string;
  readonly setting: Setting;
}

async function inCommand(name: string, typing: Typing): Promise<readonly Candidate[]> {
  const { table } = typing.setting;
  const command = table.commands.find((candidate) => candidate.name === name);
  if (!command) return [];
  const options = [...command.options, ...table.common];
  const asked = options.find(
    (spec) => spec.value !== undefined && typing.before.at(-1) === dashed(spec),
  );
  if (asked) return values(asked, typing);
  if (typing.word.startsWith('-'))
    return options.map((spec) => ({ word: dashed(spec), summary: spec.summary }));
  const argument = argumentAt(command, options, typing.before);
  return argument ? values(argument, typing) : [];
}

function named({ name, summary }: { name: string; summary: string }): Candidate {
  return { word: name, summary };
}

function dashed(spec: OptionSpec): string {
  return `--${spec.name}`;
}

function argumentAt(
  command: CommandSpec,
  options: readonly OptionSpec[],
  before: readonly string[],
): CommandSpec['arguments'][number] | undefined {
  const words = wordsAmong(options, before);
  const last = command.arguments.at(-1);
  return command.arguments[words.length] ?? (last?.many ? last : undefined);
}

function wordsAmong(options: readonly OptionSpec[], before: readonly string[]): readonly string[] {
  const takesValue = (word: string | undefined): boolean =>
    options.some((spec) => spec.value !== undefined && word === dashed(spec));
  return before.filter((word, index) => !word.startsWith('-') && !takesValue(before[index - 1]));
}

async function values(
  spec: { readonly choices?: readonly string[]; readonly completes?: Completes },
  typing: Typing,
): Promise<readonly Candidate[]> {
  if (spec.choices) return spec.choices.map((word) => ({ word, summary: '' }));
  switch (spec.completes) {
    case 'command':
      return typing.setting.table.commands.map(named);
    case 'help':
      return [...typing.setting.table.commands.map(named), ...(await wordTables())];
    case 'word':
      return wordsOf(typing.before[0]);
    case 'runbook':
      return runbooks(typing);
    case 'step':
      return steps(typing);
    case 'input':
      return inputs(typing);
    case 'run':
      return runs(typing);
    case 'folder':
      return paths(typing, () => false);
    case 'file':
      return paths(typing, () => true);
    default:
      return [];
  }
}

async function wordTables(): Promise<readonly Candidate[]> {
  const { WORD_TABLES } = await import('./writing/word-tables.ts');
  return Object.entries(WORD_TABLES).map(([word, { lead }]) => ({ word, summary: lead }));
}

async function wordsOf(table: string | undefined): Promise<readonly Candidate[]> {
  const { WORD_TABLES } = await import('./writing/word-tables.ts');
  if (table !== 'annotations' && table !== 'frontmatter') return [];
  const entries = Object.entries(WORD_TABLES[table].words);
  return entries.map(([word, { meaning }]) => ({ word, summary: meaning }));
}

async function paths(
  { word, setting }: Typing,
  wanted: (name: string) => boolean,
): Promise<readonly Candidate[]> {
  const folder = word.slice(0, word.lastIndexOf('/') + 1);
  const entries = await readdir(path.resolve(setting.cwd, folder || '.'), {
    withFileTypes: true,
  }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() || wanted(entry.name))
    .filter((entry) => !entry.name.startsWith('.') || word.slice(folder.length).startsWith('.'))
    .map((entry) => ({
      word: `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`,
      summary: '',
    }));
}

async function runbooks(typing: Typing): Promise<readonly Candidate[]> {
  const { word, setting } = typing;
  const hash = word.indexOf('#');
  if (hash >= 0) {
    const { procedures } = await outline(word.slice(0, hash), setting.cwd);
    return procedures.map(({ id, title }) => ({
      word: `${word.slice(0, hash)}#${id}`,
      summary: title,
    }));
  }
  const files = (await markdownFiles(setting.cwd)).map((file) => ({
    word: path.relative(setting.cwd, file),
    summary: '',
  }));
  const folders = (await paths(typing, () => false)).filter(
    (folder) => !files.some((file) => file.word.startsWith(folder.word)),
  );
  return [...files, ...folders];
}

const addressIn = (words: readonly string[]): string | undefined =>
  words.find((word) => /\.(?:md|markdown|mdx|erb)(?:#|$)/i.test(word));

async function steps({ before, setting }: Typing): Promise<readonly Candidate[]> {
  const address = addressIn(before);
  if (address === undefined) return [];
  const { steps: found } = await outline(address.split('#')[0] ?? '', setting.cwd);
  return found.map(({ id, title }) => ({ word: id, summary: title }));
}

/** The inputs of the runbook, each with the `=` that its value stands behind. */
async function inputs({ before, setting }: Typing): Promise<readonly Candidate[]> {
  const address = addressIn(before);
  if (address === undefined) return [];
  const { inputs: found } = await outline(address.split('#')[0] ?? '', setting.cwd);
  return found.map(({ name }) => ({ word: `${name}=`, summary: '' }));
}

const MOST_RUNS = 50;

/** Runs, newest first; where one is to be gone on with, those that can be. */
async function runs({ command, setting }: Typing): Promise<readonly Candidate[]> {
  const { openStore } = await import('./open-store.ts');
  const store = await openStore(setting);
  const last = { word: 'last', summary: 'the newest run' };
  const { newestFirst, newestNames } = await import('../engine/record/runs.ts');
  if (command !== 'resume')
    return [last, ...(await newestNames(store)).map((word) => ({ word, summary: '' }))];
  const { replay } = await import('../engine/replay.ts');
  const { canGoOn, saidOutcome } = await import('../engine/model/outcome.ts');
  const found: Candidate[] = [];
  for await (const reader of newestFirst(store)) {
    if (found.length >= MOST_RUNS) break;
    const report = await replay(reader.run, reader.lines()).catch(() => undefined);
    if (report === undefined || !canGoOn(report)) continue;
    const summary = `${saidOutcome(report)}: ${report.started.runbook.title}`;
    found.push({ word: reader.run, summary });
  }
  return found.length === 0 ? [] : [last, ...found];
}

async function outline(
  file: string,
  cwd: string,
): Promise<{
  readonly procedures: readonly Titled[];
  readonly steps: readonly Titled[];
  readonly inputs: readonly { readonly name: string }[];
}> {
  const { readRunbook } = await import('../host/read-page.ts');
  try {
    return (await readRunbook(path.resolve(cwd, file))).runbook;
  } catch {
    return { procedures: [], steps: [], inputs: [] };
  }
}

interface Titled {
  readonly id: string;
  readonly title: string;
}
