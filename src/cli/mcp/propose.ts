import { readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { literalSecrets } from '../../engine/secrets.ts';
import { createHandrail } from '../../handrail.ts';
import { newRunId } from '../../host/run-id.ts';
import { makeFolder } from '../../stores/files/disk.ts';
import { shellWord } from '../../text/shell-word.ts';
import type { CommandTable } from '../command.ts';
import type { CliContext } from '../context.ts';
import { stateFolder } from '../state-folder.ts';
import { worldOf } from '../world-of.ts';
import { ask } from './ask.ts';

/** What an agent would like to have run. */
export interface Proposal {
  /** Path below the folder that was opened, with `#procedure`. */
  readonly address: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly reason: string;
}

/** No more than that lie there; a person takes them away. */
const MOST_WAITING = 100;
const MOST_BYTES = 64 * 1024;

/**
 * Leaves a request as a file in `<state>/proposals`, for a person to look at and start: signed where HANDRAIL_KEY
 * names a key, else with the command that starts it. It runs nothing. Throws what cannot be planned, secrets
 * and all.
 */
export async function propose(
  { address, inputs, reason }: Proposal,
  table: CommandTable,
  context: CliContext,
): Promise<string> {
  const state = stateFolder(context);
  if (/^[a-z][a-z0-9+]*:\/\//i.test(state))
    throw new HandrailError('CONFIGURATION', {
      message:
        'Proposals are left in a folder, and the runs are kept elsewhere. Give a folder with --state.',
    });
  const folder = path.join(state, 'proposals');
  makeFolder(folder);
  if (readdirSync(folder).length >= MOST_WAITING * 2)
    throw new HandrailError('USAGE', {
      message: `${MOST_WAITING} proposals wait in ${folder}. Nothing was left: a person has to look at those first.`,
    });
  if (JSON.stringify([inputs, reason]).length > MOST_BYTES)
    throw new HandrailError('USAGE', { message: 'Inputs and reason are longer than 64 KiB.' });
  const [file = '', procedure] = address.split('#');
  const handrail = createHandrail(worldOf(context, state));
  const { source, runbook } = await handrail.read(file);
  const unknown = Object.keys(inputs).find(
    (name) => !runbook.inputs.some((one) => one.name === name),
  );
  if (unknown !== undefined)
    throw new HandrailError('INPUT_UNKNOWN', { path: file, name: unknown });
  const [written] = [reason, ...Object.values(inputs)].flatMap(literalSecrets);
  if (written !== undefined)
    throw new HandrailError('USAGE', {
      message: `A value or the reason holds ${written.what}, and a proposal is a file: leave it out.`,
    });
  const secret = runbook.inputs.find(({ name, secret: isSecret }) => isSecret && name in inputs);
  if (secret !== undefined)
    throw new HandrailError('USAGE', {
      message: `\`${secret.name}\` is a secret, and a proposal is a file: leave it out. Whoever starts it gives it.`,
    });
  const procedures = procedure === undefined ? [] : [procedure];
  const plan = await handrail.plan(runbook, { procedures, all: procedures.length === 0, inputs });
  const id = newRunId(Date.now());
  const place = path.join(folder, `${id}.json`);
  const signed = context.env['HANDRAIL_KEY']
    ? await signedRequest(place, address, inputs, reason, table, context)
    : null;
  if (signed !== null) return signed;
  const values = path.join(folder, `${id}.inputs.json`);
  const command = [
    'handrail',
    'run',
    `--inputs=${values}`,
    `--reason=${`proposed by an agent: ${reason}`}`,
    ...(context.state === undefined ? [] : [`--state=${state}`]),
    ...(procedure === undefined ? ['--all'] : []),
    '--',
    path.resolve(context.cwd, file) + (procedure === undefined ? '' : `#${procedure}`),
  ];
  const steps = plan.steps.map(({ step }) => ({
    title: step.title,
    effect: step.effect,
    line: step.line,
  }));
  const proposal = {
    kind: 'proposal',
    id,
    at: new Date().toISOString(),
    runbook: address,
    target: path.resolve(context.cwd, file) + (procedure === undefined ? '' : `#${procedure}`),
    sha256: source.sha256,
    inputs,
    reason,
    steps,
    command,
  };
  writeFileSync(values, `${JSON.stringify(inputs, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  writeFileSync(place, `${JSON.stringify(proposal, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  return [
    `Nothing was started. The proposal is in ${place}; a person finds it under PROPOSED when calling handrail alone, or starts it with:`,
    command.map(shellWord).join(' '),
    '',
  ].join('\n');
}

/** The same as `handrail request`, with the keys of whoever started this server. */
async function signedRequest(
  place: string,
  address: string,
  inputs: Readonly<Record<string, string>>,
  reason: string,
  table: CommandTable,
  context: CliContext,
): Promise<string> {
  const options = [
    `--host=${context.env['HANDRAIL_HOST'] || hostname()}`,
    ...Object.entries(inputs).map(([name, value]) => `--input=${name}=${value}`),
    `--reason=${`proposed by an agent: ${reason}`}`,
    `--out=${place}`,
  ];
  const { text, exitCode } = await ask('request', options, [address], table, {
    ...context,
    env: { ...context.env, HANDRAIL_TEAM: undefined },
  });
  if (exitCode !== 0) throw new HandrailError('SIGNING_FAILED', { message: text.trim() });
  return `Nothing was started. ${text}`;
}
