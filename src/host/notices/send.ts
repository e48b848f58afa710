import { setTimeout as sleep } from 'node:timers/promises';
import type { NoticeFormat } from '../../engine/model/occasion.ts';
import { noticeRequest } from '../../engine/notices/body.ts';
import type { NoticeFacts } from '../../engine/notices/occasion.ts';

/** How long a notice may take with all its tries; it is never worth more of a run's time. */
export const NOTICE_TIMEOUT_MS = 10_000;
const TRIES = 3;
const PAUSE_MS = 500;

/** One addressee of a notice, its URL or command already looked up. */
export interface Addressee {
  /** For the record: a command's first word or a URL's host, never a path that may hold a token. */
  readonly label: string;
  readonly command?: string;
  readonly webhook?: string;
  readonly format: NoticeFormat;
  /** Of a service that wants one. */
  readonly key?: string;
  /** For all tries together. Default: 10 s. */
  readonly timeoutMs?: number;
}

/** Runs a command with the given standard input; resolves with one sentence when it failed. */
export type RunCommand = (
  command: string,
  input: string,
  timeoutMs: number,
) => Promise<string | undefined>;

/**
 * Tells one addressee. Resolves with `undefined` when it was told, else with one sentence; never
 * throws: a notice can never break a run. Webhooks are tried three times, commands once.
 */
export async function sendNotice(
  addressee: Addressee,
  facts: NoticeFacts,
  runCommand: RunCommand,
): Promise<string | undefined> {
  const timeoutMs = addressee.timeoutMs ?? NOTICE_TIMEOUT_MS;
  try {
    if (addressee.command !== undefined)
      return await runCommand(addressee.command, `${JSON.stringify(facts)}\n`, timeoutMs);
    if (addressee.webhook !== undefined)
      return await post(addressee.webhook, addressee, facts, timeoutMs);
    return 'it names neither a command nor a webhook';
  } catch (error) {
    return sentence(error);
  }
}

async function post(
  url: string,
  { format, key }: Addressee,
  facts: NoticeFacts,
  timeoutMs: number,
): Promise<string | undefined> {
  const request = noticeRequest(format, url, facts, key);
  const over = AbortSignal.timeout(timeoutMs);
  let why: string | undefined;
  for (let attempt = 1; attempt <= TRIES && !over.aborted; attempt += 1) {
    why = await postOnce(request, over);
    if (why === undefined) return undefined;
    if (attempt < TRIES) await pause(PAUSE_MS * attempt, over);
  }
  return why;
}

function pause(ms: number, signal: AbortSignal): Promise<unknown> {
  return sleep(ms, undefined, { signal }).catch(() => undefined);
}

async function postOnce(
  request: ReturnType<typeof noticeRequest>,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const response = await fetch(request.url, {
      method: 'POST',
      headers: { 'content-type': request.contentType, ...request.headers },
      body: request.body,
      redirect: 'manual',
      signal,
    });
    await response.body?.cancel();
    return response.ok ? undefined : `it answered ${response.status}`;
  } catch (error) {
    return sentence(error);
  }
}

function sentence(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
