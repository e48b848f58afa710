import { access, constants, lstat, open, realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';

/** Tries to write what `--out` names before anything runs. Throws CONFIGURATION. */
export async function tryOut(invocation: Invocation, { cwd }: CliContext): Promise<void> {
  const out = invocation.text('out');
  if (out === undefined) return;
  const file = path.resolve(cwd, out);
  const why = await whyNot(file);
  if (why === undefined) return;
  throw new HandrailError('CONFIGURATION', {
    message: `\`--out ${out}\` cannot be written (${why}); nothing was run. Name a file in a folder that is there and can be written.`,
  });
}

async function whyNot(file: string): Promise<string | undefined> {
  try {
    const known = await stat(file).catch(() => undefined);
    if (known?.isDirectory()) return 'it is a folder';
    if (known !== undefined) {
      await access(file, constants.W_OK);
      return undefined;
    }
    // A link may lead to nothing yet: what it leads to is written.
    const isLink = (await lstat(file).catch(() => undefined))?.isSymbolicLink() ?? false;
    const made = await open(file, isLink ? 'a' : 'wx', 0o600);
    await made.close();
    await rm(await realpath(file));
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
