import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HandrailError } from '../engine/model/errors.ts';
import { type CommandResult, runCommand } from '../process/command.ts';
import { lastLine } from '../text/lines.ts';
import { plainSigner } from './plain-signature.ts';

/** What `ssh-keygen` says of a signature. */
export type SignatureVerdict =
  /** By somebody whom the allowed-signers file names. */
  | { readonly verdict: 'good'; readonly signer: string }
  /** It fits the text, but nobody says whose key that is. */
  | { readonly verdict: 'unknown signer'; readonly key: string }
  | { readonly verdict: 'wrong' };

const MOST_OUTPUT = 64 * 1024;
const TIMEOUT_MS = 60_000;

/** Signs a text with an SSH key (a private key, or a public one whose private half the agent holds). Throws SIGNING_FAILED. */
export async function sshSign(text: Input, key: string, namespace: string): Promise<string> {
  const { exitCode, stdout, stderr } = await sshKeygen(
    ['-Y', 'sign', '-q', '-f', key, '-n', namespace],
    text,
  );
  if (exitCode === 0 && stdout.includes('BEGIN SSH SIGNATURE')) return stdout;
  throw failed(
    `\`${key}\` cannot sign: ${lastLine(stderr) || 'ssh-keygen says no more'}. Give the path of an SSH key with --sign.`,
  );
}

/** Checks a signature against an allowed-signers file; `null`: there is none, so that nobody is known. */
export async function sshVerify(
  text: string,
  signature: string,
  namespace: string,
  allowedSigners: string | null,
): Promise<SignatureVerdict> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-sig-'));
  const file = join(folder, 'signature');
  try {
    writeFileSync(file, signature, { mode: 0o600 });
    const signer = allowedSigners === null ? undefined : await principalOf(file, allowedSigners);
    if (signer !== undefined && allowedSigners !== null) {
      const names = ['-f', allowedSigners, '-I', signer, '-n', namespace, '-s', file];
      const { exitCode } = await sshKeygen(['-Y', 'verify', ...names], text);
      return exitCode === 0 ? { verdict: 'good', signer } : { verdict: 'wrong' };
    }
    const { exitCode, stdout } = await sshKeygen(
      ['-Y', 'check-novalidate', '-n', namespace, '-s', file],
      text,
    );
    if (exitCode !== 0) return { verdict: 'wrong' };
    return { verdict: 'unknown signer', key: /SHA256:\S+/.exec(stdout)?.[0] ?? 'unknown key' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Checks that a signature is by the person of that name, by an allowed-signers file; returns the key's fingerprint.
 * `undefined`: it is not. A key that is allowed for somebody else does not count.
 */
export async function sshVerifyAs(
  text: string,
  signature: string,
  namespace: string,
  allowedSigners: string,
  who: string,
): Promise<string | undefined> {
  const allowed = readFileSync(allowedSigners, 'utf8');
  const plain = plainSigner(text, signature, { namespace, allowed, who });
  if (plain !== undefined) return plain;
  const folder = mkdtempSync(join(tmpdir(), 'handrail-sig-'));
  const file = join(folder, 'signature');
  try {
    writeFileSync(file, signature, { mode: 0o600 });
    const names = ['-f', allowedSigners, '-I', who, '-n', namespace, '-s', file];
    const { exitCode, stdout } = await sshKeygen(['-Y', 'verify', ...names], text);
    return exitCode === 0 ? /SHA256:\S+/.exec(stdout)?.[0] : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function principalOf(signature: string, allowedSigners: string): Promise<string | undefined> {
  const found = await sshKeygen(
    ['-Y', 'find-principals', '-s', signature, '-f', allowedSigners],
    '',
  );
  return found.exitCode === 0 ? found.stdout.split('\n')[0]?.trim() || undefined : undefined;
}

type Input = string | AsyncIterable<Uint8Array>;

async function sshKeygen(args: readonly string[], input: Input): Promise<CommandResult> {
  let unread: unknown;
  async function* whole(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* pieces;
    } catch (error) {
      unread = error;
      throw error;
    }
  }
  const result = await runCommand({
    program: 'ssh-keygen',
    args,
    input: typeof input === 'string' ? input : whole(input),
    env: process.env,
    timeoutMs: TIMEOUT_MS,
    maxOutputBytes: MOST_OUTPUT,
  }).catch((error) => {
    if (unread !== undefined) return undefined;
    throw failed(
      '`ssh-keygen` cannot be started; it comes with OpenSSH. Install it, or leave --sign out.',
      error,
    );
  });
  // A signature over half of the text is none.
  if (unread !== undefined || result === undefined) throw unread;
  return result;
}

function failed(message: string, cause?: unknown): HandrailError {
  return new HandrailError('SIGNING_FAILED', { message }, { cause });
}
