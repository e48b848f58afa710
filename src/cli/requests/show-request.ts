import { dirname } from 'node:path';
import { decode } from '../../engine/load.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { mayFollow } from '../../engine/planning/may-follow.ts';
import { createHandrail } from '../../handrail.ts';
import { carriedPage, patchBetween, type RequestDocument } from '../../team/documents.ts';
import { sha256Of } from '../../text/sha256.ts';
import type { CliContext } from '../context.ts';
import { screenCode, screenLine } from '../screen/safe-text.ts';
import { worldOf } from '../world-of.ts';

/** What somebody looks at before signing. */
export interface Shown {
  readonly request: RequestDocument;
  readonly texts: Readonly<Record<string, string>>;
  /** The page of the last approved run of the same procedure; `null`: there is none. */
  readonly before: Buffer | null;
}

/** A request for the eyes of whoever approves it: who asks for what, the exact bytes, and what changed since the last approved run. */
export async function requestScreen(
  { request, texts, before }: Shown,
  context: CliContext,
): Promise<string> {
  const { style } = context;
  const page = carriedPage(texts, request.sha256);
  const rows: (readonly [string, string])[] = [
    ['request', request.id],
    ['asked by', `${request.who}, ${request.at}, to be started until ${request.expires}`],
    ['why', request.reason === '' ? '(no reason given)' : request.reason],
    ...(request.ticket === '' ? [] : [['ticket', request.ticket] as const]),
    ['host', request.host],
    ...(request.on.length === 0 ? [] : [['on', hostsOf(request)] as const]),
    ...(request.holds ?? []).map((step) => ['holds', `what ${step} is done under`] as const),
    ...(request.not ?? []).map((step) => ['not', `what ${step} is done under`] as const),
    ['runbook', `${request.runbook}${request.procedure === '' ? '' : `#${request.procedure}`}`],
    ['sha256', request.sha256],
    ...Object.entries(request.inputs).map(
      ([name, value]) => ['input', `${name} = ${value}`] as const,
    ),
  ];
  const head = rows.map(
    ([name, value]) => `${name.padEnd(9)}${screenCode(value).replaceAll('\n', '␤')}`,
  );
  const own = page === undefined ? missing(style) : await pageOf(page, request, context);
  const linked = request.linked.flatMap(({ path, sha256 }) => {
    const other = carriedPage(texts, sha256);
    const title = `It leads on to ${screenLine(path)}, sha256 ${sha256}:`;
    const lines = other === undefined ? missing(style) : numbered(other);
    return ['', style('strong', title), ...lines];
  });
  const changes = page === undefined ? [] : await changedSince(before, page);
  return `${[...head, ...own, ...linked, ...changes].join('\n')}\n`;
}

function missing(style: CliContext['style']): readonly string[] {
  const say =
    'The text that was signed is not here: look at it where it stands, and compare its sha256.';
  return ['', style('bad', say)];
}

/** The whole page, what of it would run marked: the rest of it runs by another request only. */
async function pageOf(
  page: Buffer,
  request: RequestDocument,
  context: CliContext,
): Promise<readonly string[]> {
  const marked = request.procedure === '' ? undefined : await linesThatRun(page, request, context);
  const title = `What would run, byte for byte${marked === undefined ? '' : ', is marked with `>`'}:`;
  return ['', context.style('strong', title), ...numbered(page, marked)];
}

/** Lines of the steps that the procedure comes to, and of those that a failure may lead to; `undefined`: nobody can tell. */
async function linesThatRun(
  bytes: Buffer,
  { runbook: path, procedure, inputs, on, holds = [], not = [] }: RequestDocument,
  context: CliContext,
): Promise<ReadonlySet<number> | undefined> {
  const sha256 = sha256Of(bytes);
  const source = { path, folder: dirname(path), bytes, text: decode(bytes), sha256 };
  const handrail = createHandrail(worldOf(context));
  try {
    const { runbook } = await handrail.parse(source);
    const asked = { procedures: [procedure], inputs, on, holds, not };
    const plan = await handrail.plan(runbook, asked);
    const { steps } = plan;
    // What a link leads to stands on its own page; the link itself is what runs here.
    const own = [
      ...steps.filter(({ from }) => from === null).map(({ step }) => step),
      ...mayFollow({ ...plan, linked: [] }),
    ];
    const links = runbook.steps.filter(
      (step) => step.traits.link !== undefined && steps.some(({ id }) => id.startsWith(step.id)),
    );
    return new Set([...own, ...links].flatMap(({ line, endLine }) => between(line, endLine)));
  } catch (error) {
    if (error instanceof HandrailError) return undefined;
    throw error;
  }
}

function between(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function hostsOf({ on, keepGoing, parallel = 1 }: RequestDocument): string {
  const how =
    keepGoing === true ? 'a failure keeps none of them from its turn' : 'to the first failure';
  return `${on.join(', ')} (${parallel > 1 ? `${parallel} at a time` : 'one after the other'}, ${how})`;
}

function numbered(page: Buffer, marked?: ReadonlySet<number>): readonly string[] {
  // One line of the file, by whatever line end, is one line here: nothing in it starts another.
  const lines = decode(page).replace(/\n$/, '').split('\n');
  const wide = String(lines.length).length;
  return lines.map((line, index) => {
    const isIn = marked?.has(index + 1) === true;
    return `${String(index + 1).padStart(wide)} ${isIn ? '>' : '|'} ${screenCode(line)}`;
  });
}

async function changedSince(before: Buffer | null, page: Buffer): Promise<readonly string[]> {
  if (before === null) return ['', 'No run of it was approved before.'];
  if (before.equals(page))
    return ['', 'The text is the one of the last approved run, as far as the record tells.'];
  if (decode(before) === decode(page))
    return [
      '',
      'Since the last approved run only its line ends changed, as far as the record tells.',
    ];
  const patch = await patchBetween(decode(before), decode(page));
  return [
    '',
    'What changed since the last approved run, as far as the record tells:',
    ...screenCode(patch).split('\n').slice(1),
  ];
}
