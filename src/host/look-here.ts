import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Diagnostic } from '../engine/model/diagnostic.ts';
import type { Runbook } from '../engine/model/runbook.ts';
import { createRedactor } from '../engine/redact.ts';
import { literalSecrets } from '../engine/secrets.ts';
import { runCommand } from '../process/command.ts';

/** What `check --here` finds besides, as the rules of `check` are described. */
export const HERE_RULES = [
  {
    name: 'host-unknown',
    summary: 'A host that a step names and this machine cannot find.',
    why: 'It was renamed or shut down, and the step will fail when it is needed.',
    unattended: 'The run begins, and fails at that step.',
  },
  {
    name: 'link-dead',
    summary: 'A link to a page that is gone, or does not answer.',
    why: 'What is behind it cannot be read when it is needed.',
    unattended: 'Nothing: links are read by people.',
  },
  {
    name: 'no-owner',
    summary: 'A runbook that nobody looks after.',
    why: 'Findings like these have to reach somebody. Write `owner:` or `review: { by: …, owner: … }` in the frontmatter.',
    unattended: 'Nothing: the run goes on.',
  },
] as const;

type RuleName = (typeof HERE_RULES)[number]['name'];

/** Names and addresses that were asked about before; one look at a folder asks once. */
export interface Asked {
  readonly hosts: Map<string, Promise<string | null>>;
  readonly links: Map<string, Promise<string | null>>;
}

const TIMEOUT_MS = 8000;
const MOST_ASKED = 500;
const AT_ONCE = 8;

/** Whether a runbook still fits this machine and what it can reach: hosts, links, an owner. Nothing of it is run. */
export async function lookHere(
  runbook: Runbook,
  asked: Asked,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  const find = (rule: RuleName, line: number, message: string): void => {
    found.push({ rule, severity: 'warning', line, column: 1, message });
  };
  const questions = [
    ...[...hostsOf(runbook)].map(([host, line]) => async () => {
      const why = await once(asked.hosts, host, () => whyUnknown(host, env));
      if (why !== null) find('host-unknown', line, `\`${host}\` ${why}.`);
    }),
    ...[...linksOf(runbook)].map(([link, line]) => async () => {
      const why = await once(asked.links, link, () => whyDead(link));
      if (why !== null) find('link-dead', line, `<${withoutSecrets(link)}> ${why}.`);
    }),
  ];
  await inTurns(questions);
  const { owner, review } = runbook.frontmatter;
  if (runbook.steps.length > 0 && owner === undefined && review?.owner === undefined)
    find('no-owner', 1, 'Nobody is named who looks after this runbook.');
  return found.toSorted((a, b) => a.line - b.line);
}

async function inTurns(questions: readonly (() => Promise<void>)[]): Promise<void> {
  const rest = [...questions];
  const work = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await next();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

function once(
  asked: Map<string, Promise<string | null>>,
  what: string,
  ask: () => Promise<string | null>,
): Promise<string | null> {
  const known = asked.get(what);
  if (known !== undefined) return known;
  if (asked.size >= MOST_ASKED) return Promise.resolve(null);
  const answer = ask();
  asked.set(what, answer);
  return answer;
}

const HOST = /^[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/i;

/** Hosts that are named as such, each with its first line: to run on, in addresses, and behind programs that take one. */
function hostsOf({ steps, frontmatter }: Runbook): ReadonlyMap<string, number> {
  const hosts = new Map<string, number>();
  const add = (named: string, line: number): void => {
    const host = named.slice(named.lastIndexOf('@') + 1);
    if (isName(host) && !hosts.has(host)) hosts.set(host, line);
  };
  for (const host of frontmatter.hosts ?? []) add(host, 1);
  for (const step of steps) {
    if (step.annotations.host !== undefined) add(step.annotations.host, step.line);
    for (const [at, line] of step.text.split('\n').entries())
      for (const host of hostsIn(line)) add(host, step.textLine + at);
  }
  return hosts;
}

function hostsIn(line: string): readonly string[] {
  const inAddresses = [
    ...line.matchAll(/\b[a-z][a-z0-9+]{1,20}:\/\/([^\s/'"<>|;&)]{1,300})/gi),
  ].map(([, authority = '']) =>
    authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d{1,5}$/, ''),
  );
  const words = line.trim().split(/\s+/);
  const taken = /^(?:ssh|ping|mosh)$/.test(words[0] ?? '') ? [operandOf(words)] : [];
  return [...inAddresses, ...taken];
}

const isName = (host: string): boolean => HOST.test(host) && isIP(host) === 0 && !isReserved(host);

/** The first word that is neither an option nor, behind one of a letter, its value. */
function operandOf(words: readonly string[]): string {
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) return word;
    if (/^-[bcDeEFIiJLlmopQRSWw]$/.test(word)) at += 1;
  }
  return '';
}

/** Names that stand for another one, and this machine itself. */
function isReserved(host: string): boolean {
  return /(?:^|\.)example(?:\.(?:com|net|org))?$/i.test(host) || /^localhost$/i.test(host);
}

/** Why a host cannot be found; `null`: it can. */
/** A name that only `ssh` knows is a host too. */
async function whyUnknown(
  host: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  const why = await whyNotFound(host);
  if (why === null) return null;
  const known = await sshName(host, env);
  return known === undefined || known === host ? why : whyNotFound(known);
}

/** The name behind one of the person's own `ssh` configuration; `undefined`: there is no `ssh`. */
async function sshName(
  host: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  try {
    const { stdout } = await runCommand({
      program: 'ssh',
      args: ['-G', host],
      env,
      timeoutMs: TIMEOUT_MS,
    });
    return /^hostname (\S+)$/m.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

async function whyNotFound(host: string): Promise<string | null> {
  if (isIP(host) !== 0) return null;
  try {
    await lookup(host);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return code === 'ENOTFOUND'
      ? 'is no host that is known here'
      : `cannot be looked up here (${code})`;
  }
}

/** Links in the text, outside of fences, each with its first line. */
function linksOf({ text, fences }: Runbook): ReadonlyMap<string, number> {
  const links = new Map<string, number>();
  for (const [at, line] of text.split('\n').entries()) {
    const number = at + 1;
    if (fences.some((fence) => number >= fence.line && number <= fence.endLine)) continue;
    for (const [written] of line.matchAll(/https?:\/\/[^\s<>"'`)\]|\\]{1,1000}/gi)) {
      const link = written.replace(/[.,;:!?*_]{1,10}$/, '');
      if (
        !/[{}$…]/.test(link) &&
        URL.canParse(link) &&
        !isReserved(new URL(link).hostname) &&
        !links.has(link)
      )
        links.set(link, number);
    }
  }
  return links;
}

/** A link as it can be shown: whoever reads findings need not know who logs in there, or with what. */
function withoutSecrets(link: string): string {
  const { protocol, host } = new URL(link);
  const place = link.slice(link.indexOf('//') + 2);
  const shown = `${protocol}//${host}${place.slice(place.search(/[/?#]|$/))}`;
  const values = [...literalSecrets(link), ...literalSecrets(shown)].map(({ value }) => value);
  return createRedactor(values).mask(shown);
}

/** Why nothing is behind a link; `null`: something answers there, be it a login. */
async function whyDead(link: string): Promise<string | null> {
  try {
    // Credentials in a link are the reader's to use.
    const address = new URL(link);
    address.username = '';
    address.password = '';
    const response = await fetch(address, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'user-agent': 'handrail check --here' },
    });
    await response.body?.cancel();
    const isGone = response.status === 404 || response.status === 410 || response.status >= 500;
    return isGone ? `answers ${response.status}` : null;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return `does not answer (${cause instanceof Error ? cause.message : String(cause)})`;
  }
}
