import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Frontmatter } from '../../engine/model/frontmatter.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { openConditions } from '../../engine/preflight.ts';
import { isSecretInput } from '../../engine/secrets.ts';
import { createHandrail } from '../../handrail.ts';
import { newRunId } from '../../host/run-id.ts';
import {
  carriedText,
  documentText,
  MOST_REQUEST_BYTES,
  type RequestDocument,
  requestSchema,
  underOwnId,
} from '../../team/documents.ts';
import { sign, writeSigned } from '../../team/signed.ts';
import { parseDuration } from '../../text/duration.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import { findRunbook } from '../find-runbooks.ts';
import { identityOf, nowText } from '../requests/identity.ts';
import { givenInputs } from '../running/given-inputs.ts';
import { hostsIn, parallelOf } from '../running/request.ts';
import {
  holdsOption,
  identityOptions,
  inputOption,
  inputsOption,
  jsonOption,
  keepGoingOption,
  notOption,
  onOption,
  outOption,
  parallelOption,
  runbookArgument,
  teamOption,
} from '../shared-words.ts';
import { teamUrlIfAny } from '../team/team-url.ts';
import { worldOf } from '../world-of.ts';

export const spec: CommandWords = {
  name: 'request',
  aside: true,
  summary: 'ask a host to run something, signed with your SSH key',
  arguments: [runbookArgument],
  options: [
    { name: 'host', value: 'NAME', summary: 'the host that is to carry it out' },
    { name: 'there', value: 'PATH', summary: 'where the runbook stands on that host' },
    inputOption,
    inputsOption,
    onOption,
    parallelOption,
    keepGoingOption,
    holdsOption,
    notOption,
    { name: 'reason', value: 'TEXT', summary: 'why, for who approves it and the record' },
    { name: 'ticket', value: 'ID', summary: 'the ticket it belongs to' },
    { name: 'expires', value: 'TIME', summary: 'how long it may wait (default: 24h)' },
    ...identityOptions,
    outOption,
    teamOption,
    jsonOption,
  ],
  examples: [
    ['handrail request ops.md#restart --host db1 --reason "pool full"', 'a wish to run'],
    ['handrail request ops.md#restart --host db1 --out r.json', 'as a file, by any channel'],
    ['handrail request ops.md#restart --host ops1 --on db1,db2', 'from ops1, over ssh'],
  ],
};

const DEFAULT_EXPIRES = '24h';

/** `handrail request`: a signed wish that a host runs something, as a row of the team's record or as a file. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const { who, key } = identityOf(invocation, context);
  const address = await findRunbook(invocation.words[0] ?? '', context.cwd);
  const handrail = createHandrail(worldOf(context));
  const { source, runbook } = await handrail.read(address.path);
  const procedures = address.procedure === undefined ? [] : [address.procedure];
  const inputs = await givenInputs(invocation, context.cwd);
  const { on, keepGoing, parallel, holds, not } = {
    on: hostsIn(invocation),
    keepGoing: invocation.flag('keep-going'),
    parallel: parallelOf(invocation),
    holds: invocation.list('holds'),
    not: invocation.list('not'),
  };
  const all = procedures.length === 0;
  const plan = await handrail.plan(runbook, { procedures, all, inputs, on, holds, not });
  refuseSecrets(inputs, plan.runbook.frontmatter.inputs ?? {});
  refuseOpenConditions(plan);
  const file = path.resolve(context.cwd, address.path);
  const document = documentOf(invocation, {
    plan,
    runbook: invocation.text('there') ?? file,
    sha256: source.sha256,
    inputs,
    who,
    on: [...on],
    ...(keepGoing ? { keepGoing } : {}),
    ...(parallel > 1 ? { parallel } : {}),
    ...(holds.length > 0 ? { holds: [...holds] } : {}),
    ...(not.length > 0 ? { not: [...not] } : {}),
  });
  const text = documentText(document);
  const signed = await sign('request', text, key);
  // As it stands in the file: what line ends and a mark at its beginning are belongs to the bytes that are signed.
  const page = carriedText(source.bytes);
  const texts = { [source.sha256]: page, ...(await linkedTexts(plan, context.cwd)) };
  const out = invocation.text('out');
  const url = await teamUrlIfAny(invocation.text('team'), context.env);
  const isFile = out !== undefined || url === undefined;
  const target = path.resolve(context.cwd, out ?? `${document.id}.request.json`);
  if (isFile) writeSigned(target, { kind: 'request', ...signed, texts });
  if (url !== undefined) {
    const { fileRequest } = await import('../../team/requests/file-request.ts');
    await fileRequest(url, document, signed, texts);
  }
  await context.out.write(
    invocation.flag('json')
      ? `${JSON.stringify({ request: document.id, host: document.host, expires: document.expires, ...(isFile ? { file: target } : {}) })}\n`
      : said(document, isFile ? target : null),
  );
  return EXIT.passed;
};

interface Wanted
  extends Pick<
    RequestDocument,
    'runbook' | 'sha256' | 'inputs' | 'who' | 'on' | 'keepGoing' | 'parallel' | 'holds' | 'not'
  > {
  readonly plan: Plan;
}

function documentOf(invocation: Invocation, wanted: Wanted): RequestDocument {
  const { plan, ...asked } = wanted;
  const host = invocation.text('host');
  if (host === undefined) throw usage('`handrail request` needs the host: `--host NAME`.');
  const linked = new Map<string, string>();
  for (const { from } of plan.steps) if (from !== null) linked.set(from.path, from.sha256);
  const document = underOwnId({
    kind: 'request',
    version: 1,
    id: newRunId(Date.now()),
    host,
    ...asked,
    linked: [...linked].map(([at, hash]) => ({ path: at, sha256: hash })),
    procedure: plan.procedures[0]?.id ?? '',
    plan: plan.hash,
    reason: invocation.text('reason') ?? '',
    ticket: invocation.text('ticket') ?? '',
    at: nowText(),
    expires: expiresAt(invocation.text('expires') ?? DEFAULT_EXPIRES),
  });
  const read = requestSchema.safeParse(document);
  if (Buffer.byteLength(documentText(document)) > MOST_REQUEST_BYTES)
    throw usage('The request is too large for anybody to look at: give it smaller inputs.');
  if (read.success) return document;
  const [issue] = read.error.issues;
  throw usage(
    `The request cannot be made: \`${issue?.path.join('.')}\` is not as it has to be (${issue?.message}).`,
  );
}

function expiresAt(text: string): string {
  const ms = parseDuration(text);
  if (ms === undefined || ms <= 0)
    throw usage(`\`--expires ${text}\` is no time; write one such as 30m, 2h or 1d.`);
  return new Date(Date.now() + ms).toISOString();
}

/** A secret is never in a request: it is resolved on the host that carries it out. */
function refuseSecrets(
  inputs: Readonly<Record<string, string>>,
  declared: NonNullable<Frontmatter['inputs']>,
): void {
  const secret = Object.keys(inputs).find((name) => isSecretInput(name, declared[name] ?? null));
  if (secret === undefined) return;
  throw usage(
    `\`${secret}\` is a secret, and a request is read by everybody: leave it out. The host takes it from its own environment (\`env:\` in the declaration).`,
  );
}

/** The host would refuse it after somebody looked at it and agreed. */
function refuseOpenConditions(plan: Plan): void {
  const [open] = openConditions(plan);
  if (open === undefined) return;
  const finding = `Line ${open.line}: ${open.message} ${open.hint ?? ''}`.trim();
  throw usage(`Nobody is asked where a request is carried out. ${finding}`);
}

async function linkedTexts(plan: Plan, cwd: string): Promise<Readonly<Record<string, string>>> {
  const { readFile } = await import('node:fs/promises');
  const texts: Record<string, string> = {};
  for (const { from } of plan.steps) {
    if (from === null || from.sha256 in texts) continue;
    const file = path.resolve(cwd, from.folder, path.basename(from.path));
    texts[from.sha256] = await readFile(file).then(carriedText, () => '');
  }
  return texts;
}

function said({ id, host, who, expires }: RequestDocument, file: string | null): string {
  const word = file ?? id;
  return [
    `Request ${id} to ${host}, signed as ${who}; it can be started until ${expires}.`,
    ...(file === null
      ? []
      : [`It is in ${file}: bring it to whoever approves it, and to the host.`]),
    `Somebody else agrees with \`handrail approve ${word}\`.`,
    '',
  ].join('\n');
}

function usage(message: string): HandrailError {
  return new HandrailError('USAGE', { message });
}
