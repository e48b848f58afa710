import { join } from 'node:path';
import { sha256Of } from '../../text/sha256.ts';
import { refuseArguments, text, whole } from '../model/guard.ts';

/** The chained lines of a run. */
export const LOG = 'log.jsonl';
/** Lines that a crash cut off, moved out of the log's way. */
export const TORN = 'log.torn';
/** The folder of all runs of a state folder. */
export const RUNS = 'runs';
/** The folder of all incidents of a state folder. */
export const INCIDENTS = 'incidents';
/** The exact text that the run began with. */
export const RUNBOOK = 'runbook.md';
/** The run log rendered for reading. */
export const RENDERED = 'run.md';
/** The signature of the last seal. */
export const SIGNATURE = 'seal.sig';
/** The chain of all runs of a state folder. */
export const CHAIN = `${RUNS}.jsonl`;
/** The chain of all incidents of a state folder. */
export const INCIDENT_CHAIN = `${INCIDENTS}.jsonl`;
/** Where that chain is remembered to end. */
export const INCIDENT_END = `${INCIDENTS}.head`;
/** The folder of the signed words of second persons. */
export const APPROVALS = 'approvals';
/** The folder of signed reviews, which come when the run is over. */
export const REVIEWS = 'reviews';

/** A run's folder in its state folder. */
export function runFolder(state: string, run: string): string {
  return join(state, RUNS, run);
}

/** Where what is kept of an incident stands, relative to its state folder. */
export function incidentPlace(folder: string): string {
  return `${INCIDENTS}/${folder}`;
}

/** Where a run is in its store, in a message or for a program: a folder, a URL, or what the store calls itself. */
export function whereOf(
  { scheme, where }: { readonly scheme: string; readonly where: string },
  run: string,
): string {
  if (scheme === 'file') return runFolder(where, run);
  return where.includes('://') ? `${where}/${RUNS}/${run}` : `${where.replace(/:$/, '')}:${run}`;
}

/** The text that a later attempt of the run went on with, where it had changed. */
export function runbookOf(attempt: number): string {
  return `runbook-${attempt}.md`;
}

/** One of the two files that the state which steps share is kept in, by turns. */
export function stateFile(slot: number): string {
  return `state/${slot}.json`;
}

/** Where an attempt's output stands, relative to the run's folder. */
export function outputFile(stepId: string, attempt: number): string {
  refuseArguments('outputFile', { stepId, attempt }, { stepId: text, attempt: whole });
  return `${OUTPUT}${attemptName(stepId, attempt)}.log`;
}

/** Where a further file of an attempt stands: in a folder of the attempt's own, so that it is no other's. */
export function attachmentFile(stepId: string, attempt: number, name: string): string {
  return `${OUTPUT}${attemptName(stepId, attempt)}/${fileName(name)}`;
}

/** The terminal session of an attempt, as an asciicast. */
export function castFile(stepId: string, attempt: number): string {
  return attachmentFile(stepId, attempt, 'terminal.cast');
}

/** Whether a file holds what a step put out: only the log says whose it is. */
export function isOutput(path: string): boolean {
  return path.startsWith(OUTPUT) && !isDraft(path);
}

/** Whether an output file was written by that attempt. */
export function isOutputOf(path: string, stepId: string, attempt: number): boolean {
  const name = attemptName(stepId, attempt);
  return path === `${OUTPUT}${name}.log` || path.startsWith(`${OUTPUT}${name}/`);
}

/** Whether a file of a run's folder is evidence: who appends just now and the state kept for resuming are none. */
export function isEvidence(path: string): boolean {
  return !/^(?:engine|state)\//.test(path) && !isDraft(path);
}

/** Whether a file may stand beside the log although no event names it: it vouches for itself, or is none of the evidence. */
export function standsAlone(path: string): boolean {
  return (
    ALONE.has(path) ||
    path.startsWith(`${APPROVALS}/`) ||
    path.startsWith(`${REVIEWS}/`) ||
    !isEvidence(path)
  );
}

/** Whether a file may be there before the first line of the log: who was about to write it, and drafts. */
export function isBeforeAnything(path: string): boolean {
  return path.startsWith('engine/') || isDraft(path);
}

/** Whether a file was about to take another's place: it is named after that, and the process that wrote it. */
function isDraft(path: string): boolean {
  return /\.\d{1,10}\.tmp$/.test(path);
}

const ALONE: ReadonlySet<string> = new Set([TORN, RENDERED, SIGNATURE]);
const OUTPUT = 'output/';
const MAX_NAME_BYTES = 180;
const HASH_DIGITS = 12;

function attemptName(stepId: string, attempt: number): string {
  return `${fileName(stepId)}-${attempt}`;
}

/**
 * Letters and digits of any script stay, `/` becomes `~`, and what else cannot stand in a name is spelled `%XX`: two
 * names are never one file. A name too long for a file keeps its beginning, and `%-` with a hash of the whole.
 */
function fileName(name: string): string {
  if (name === '') return '%';
  const safe = name
    .toWellFormed()
    .replace(/[^\p{L}\p{N}._/-]/gu, percent)
    .replaceAll('/', '~')
    .replace(/^\./, '%2E');
  if (Buffer.byteLength(safe) <= MAX_NAME_BYTES) return safe;
  const head = Buffer.from(safe)
    .subarray(0, MAX_NAME_BYTES - 40)
    .toString();
  return `${head.replace(/\uFFFD$/u, '')}%-${sha256Of(name).slice(0, HASH_DIGITS)}`;
}

function percent(character: string): string {
  return Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '%$&');
}
