import { listOf } from './arguments.ts';
import { FAMILIES } from './index.ts';
import type { Program } from './program.ts';

let records: ReadonlyMap<string, Program> | undefined;

/** The record of a program by its name, or of a program and its subcommand by both. */
export function findProgram(name: string): Program | undefined {
  records ??= new Map(FAMILIES.flat().flatMap(entriesOf));
  return records.get(name);
}

function entriesOf(program: Program): readonly (readonly [string, Program])[] {
  // A name of two words is written with a plus between them.
  return [...listOf(program.names)].map((name) => [name.replace('+', ' '), program]);
}

/** Folders that packages put their programs in. */
const STANDARD_FOLDER = /^\/(?:bin|sbin|usr|opt|snap|nix|Applications)\//;

/** A command's name without the folder it stands in. */
export function baseName(name: string): { readonly base: string; readonly isElsewhere: boolean } {
  const base = name.slice(name.lastIndexOf('/') + 1);
  return { base, isElsewhere: name !== base && !STANDARD_FOLDER.test(name) };
}
