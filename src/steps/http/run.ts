import type { StepContext, StepOutput, StepResult } from '../../engine/contracts/step-type.ts';
import { capturedText, MAX_ANSWER_BYTES } from '../../engine/model/captured-text.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Step } from '../../engine/model/runbook.ts';
import { exchange, type HttpResponse } from './exchange.ts';
import { type HttpRequest, readRequests } from './request.ts';

/** Longest body that is read; the rest is left with the server. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * Sends the requests of a fence in order and shows status line, headers and body as `curl -i` does. A status of 400 and above
 * fails the step and ends it, unless the expectation states a status of its own.
 */
export async function* runHttp(
  step: Step,
  context: StepContext,
): AsyncGenerator<StepOutput, StepResult> {
  const requests = readRequests(context.text, step.text);
  const statesStatus = /^\s*HTTP\/\d/.test(step.expectation?.text ?? '');
  const responses: Exchange[] = [];
  for (const request of requests) {
    const end = yield* send(request, step, context);
    if ('why' in end) return { ...failed(context.signal, end.why), facts: factsOf(responses) };
    responses.push(end);
    const isLast = responses.length === requests.length;
    if (end.status >= 400 && !(statesStatus && isLast)) {
      const why = `${placeOf(step, request)} was answered with status ${end.status}`;
      return { outcome: 'failed', why, facts: factsOf(responses) };
    }
  }
  const last = responses.at(-1);
  const { expectation, annotations } = step;
  return {
    outcome: 'passed',
    facts: factsOf(responses),
    ...(last && expectation ? { observed: statesStatus ? last.head + last.body : last.body } : {}),
    ...(last && annotations.capture !== undefined
      ? { captured: { [annotations.capture]: capturedText(last.body) } }
      : {}),
  };
}

interface Exchange {
  readonly method: string;
  readonly host: string;
  readonly status: number;
  readonly head: string;
  /** The beginning of the body. */
  readonly body: string;
  readonly bytes: number;
}

async function* send(
  request: HttpRequest,
  step: Step,
  context: StepContext,
): AsyncGenerator<StepOutput, Exchange | { readonly why: string }> {
  const place = placeOf(step, request);
  try {
    const response = await exchange(request, context.env, context.signal);
    yield output('stdout', response.head);
    const { body, bytes, isCut } = yield* readBody(response);
    if (isCut || context.signal.aborted) {
      const why = `${place} was answered, but its body was cut off after ${bytes} bytes`;
      yield output('stderr', `${why}.\n`);
      return { why };
    }
    if (response.status >= 300 && response.status < 400 && response.location !== undefined) {
      yield output('stderr', `Redirected to ${response.location}: not followed, as with curl.\n`);
    }
    const { method, url } = request;
    return { method, host: url.host, status: response.status, head: response.head, body, bytes };
  } catch (error) {
    if (isMalformed(error)) throw malformed(place, error);
    const why = `${place} was not answered: ${reasonOf(error)}`;
    yield output('stderr', `${why}.\n`);
    return { why };
  }
}

interface Body {
  readonly body: string;
  readonly bytes: number;
  /** The connection ended before the body did. */
  readonly isCut: boolean;
}

/** Passes the body on as it comes; bytes that are no text are counted instead. */
async function* readBody(response: HttpResponse): AsyncGenerator<StepOutput, Body> {
  const kept: Uint8Array[] = [];
  let bytes = 0;
  let binary = false;
  let last = 10;
  for await (const chunk of response.body) {
    if (bytes === 0) binary = chunk.subarray(0, 8192).includes(0);
    const room = MAX_ANSWER_BYTES - bytes;
    if (room > 0) kept.push(chunk.subarray(0, room));
    bytes += chunk.length;
    if (!binary) yield { stream: 'stdout', chunk };
    last = chunk.at(-1) ?? last;
    if (bytes > MAX_BODY_BYTES) break;
  }
  if (binary) yield output('stdout', `[${bytes} bytes that are no text]\n`);
  else if (last !== 10) yield output('stdout', '\n');
  if (bytes > MAX_BODY_BYTES) {
    yield output(
      'stderr',
      `The response is longer than ${MAX_BODY_BYTES} bytes: the rest was not read.\n`,
    );
  }
  const isCut = bytes <= MAX_BODY_BYTES && !response.isWhole();
  return { body: Buffer.concat(kept).toString(), bytes, isCut };
}

function placeOf(step: Step, request: HttpRequest): string {
  return `${request.method} ${request.url.host} (line ${step.textLine + request.line})`;
}

function failed(signal: AbortSignal, why: string): Pick<StepResult, 'outcome' | 'why'> {
  if (!signal.aborted) return { outcome: 'failed', why };
  const { reason } = signal;
  const late = reason === 'timeout' || (reason instanceof Error && reason.name === 'TimeoutError');
  return { outcome: late ? 'timed-out' : 'cancelled', why };
}

/** Node's own refusals: a header or method that no request can carry. */
function isMalformed(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^ERR_(?:INVALID_CHAR|INVALID_HTTP_TOKEN|UNESCAPED_CHARACTERS|HTTP_INVALID_HEADER_VALUE)$/.test(
    code,
  );
}

function malformed(place: string, cause: unknown): HandrailError {
  const message = `${place} cannot be sent: its method, URL or a header holds a character that HTTP does not allow.`;
  return new HandrailError('STEP_CANNOT_RUN', { message }, { cause });
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error)
    return error.errors[0].message;
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}

/** Hosts and numbers only: paths and queries may hold secrets. */
function factsOf(responses: readonly Exchange[]): Readonly<Record<string, unknown>> {
  return {
    responses: responses.map(({ method, host, status, bytes }) => ({
      method,
      host,
      status,
      bytes,
    })),
  };
}

function output(stream: StepOutput['stream'], text: string): StepOutput {
  return { stream, chunk: Buffer.from(text) };
}
