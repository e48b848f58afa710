import { existsSync } from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { readSigned } from '../../team/signed.ts';

/** A request as somebody brought it. */
export interface RequestFile {
  readonly document: string;
  readonly texts: Readonly<Record<string, string>>;
  /** Absolute path. */
  readonly file: string;
}

/** Reads a request that is named by its file; `undefined`: it is named by its id. Throws USAGE, REQUEST_NOT_FOUND and DOCUMENT_UNREADABLE. */
export function requestFile(name: string, cwd: string): RequestFile | undefined {
  const file = path.resolve(cwd, name);
  // No id has a dot or a slash in it.
  if (!/[./]/.test(name)) return undefined;
  if (!existsSync(file)) throw new HandrailError('REQUEST_NOT_FOUND', { name, where: cwd });
  const { kind, document, texts = {} } = readSigned(file);
  if (kind === 'request') return { document, texts, file };
  const message = `\`${name}\` is no request but a ${kind}. Give the file of the request.`;
  throw new HandrailError('USAGE', { message });
}

/** Where an answer to a request that came as a file is written: beside it. */
export function besideOf(file: string, kind: 'approval' | 'cancel', who: string): string {
  const bare = file.replace(/(?:\.request)?\.json$/, '');
  return `${bare}.${kind}-${who}.json`;
}
