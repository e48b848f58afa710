import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';

const MAX_BYTES = 4 * 1024 * 1024;
const TIMEOUT_MS = 10_000;

/** The body of a webhook: of standard input, a file or an URL. Throws USAGE, UNREACHABLE. */
export async function readBody(word: string | undefined, cwd: string): Promise<string> {
  if (word === undefined || word === '-') return fromInput();
  if (/^https?:\/\//i.test(word)) return fromUrl(word);
  return fromFile(word, cwd);
}

/** Pipes and devices are read as far as a body goes: `<(curl …)` is one. */
async function fromFile(word: string, cwd: string): Promise<string> {
  let file: FileHandle | undefined;
  try {
    file = await open(path.resolve(cwd, word));
    if ((await file.stat()).isDirectory())
      throw usage(`\`${word}\` is a folder. Give a file with the body of a webhook.`);
    return await gathered(file.createReadStream({ autoClose: false }));
  } catch (error) {
    if (error instanceof HandrailError || !(error instanceof Error && 'code' in error)) throw error;
    throw usage(
      error.code === 'ENOENT'
        ? `There is no file \`${word}\`. Give the body of a webhook.`
        : `\`${word}\` cannot be read (${String(error.code)}). Give the body of a webhook.`,
    );
  } finally {
    await file?.close();
  }
}

async function fromInput(): Promise<string> {
  if (process.stdin.isTTY)
    throw usage(
      'Nothing comes on standard input. Pipe the body of an Alertmanager webhook into it, or name a file or an URL.',
    );
  return gathered(process.stdin);
}

async function fromUrl(word: string): Promise<string> {
  const url = URL.parse(word);
  if (url === null || url.username !== '' || url.password !== '')
    throw usage(
      url === null
        ? 'This is no URL that can be read. Give the address of the body of a webhook.'
        : `The URL of \`${url.host}\` holds a name or a password, which \`ps\` shows to everybody. Hand the body on by standard input instead.`,
    );
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.ok) return await gathered(response.body ?? []);
    throw new HandrailError('UNREACHABLE', {
      message: `\`${url.host}\` answered ${response.status}, and the body of a webhook was expected.`,
    });
  } catch (error) {
    throw error instanceof HandrailError ? error : unreachable(url, error);
  }
}

function unreachable({ host }: URL, error: unknown): HandrailError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `\`${host}\` cannot be reached: ${why}.`;
  return new HandrailError('UNREACHABLE', { message }, { cause: error });
}

async function gathered(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw tooLarge();
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString('utf8');
}

function tooLarge(): HandrailError {
  return usage('The body is larger than 4 MiB, which no notification of Alertmanager is.');
}

function usage(message: string): HandrailError {
  return new HandrailError('USAGE', { message });
}
