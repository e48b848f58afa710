import { lstatSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as z from 'zod/mini';
import { HandrailError } from '../engine/model/errors.ts';
import { yamlValue } from '../engine/yaml.ts';
import { parseDuration } from '../text/duration.ts';
import { sha256Of } from '../text/sha256.ts';
import { type Hours, readHours } from './hours.ts';

const listSchema = z.array(z.string()).check(z.minLength(1));
const ruleSchema = z.strictObject({
  runbooks: listSchema,
  procedures: z.optional(listSchema),
  requesters: z.optional(listSchema),
  approvers: z.optional(listSchema),
  approvals: z.optional(z.int().check(z.minimum(0), z.maximum(20))),
  hours: z.optional(z.string()),
  /** The schedules of its runbooks start by themselves. */
  schedules: z.optional(z.boolean()),
});
const policySchema = z.strictObject({
  allowed_signers: z.string(),
  roles: z.optional(z.record(z.string(), z.array(z.string()))),
  /** Longest time from when a request was made to when it is started. */
  expires: z.optional(z.string()),
  /** What destroys needs a second person's signed word, whatever its step says. */
  destroys: z.optional(z.enum(['one', 'two'])),
  rules: z.array(ruleSchema),
});

/** What a host lets itself be asked to do. */
export interface Policy {
  readonly path: string;
  /** SHA-256 (hex) of its bytes. */
  readonly sha256: string;
  readonly allowedSigners: string;
  readonly maxAgeMs: number;
  readonly destroysNeedsTwo: boolean;
  readonly rules: readonly Rule[];
}

/** One rule; the first that fits a request holds. */
export interface Rule {
  /** Patterns, as they are written. */
  readonly runbooks: readonly string[];
  readonly procedures: readonly string[];
  fits(runbook: string, procedure: string): boolean;
  mayRequest(who: string): boolean;
  mayApprove(who: string): boolean;
  readonly approvals: number;
  readonly hours: Hours | null;
  readonly hoursText: string;
  /** Whether the schedule of a runbook may start it here. */
  readonly schedules: boolean;
}

const DEFAULT_AGE_MS = 7 * 24 * 3_600_000;
const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;

/** Reads a host's policy for a user, by number. Throws POLICY_INVALID: with a policy in doubt nothing is started. */
export async function loadPolicy(path: string, uid = process.geteuid?.()): Promise<Policy> {
  const file = resolve(path);
  const bytes = ownText(file, uid);
  const yaml = await yamlValue(bytes.toString());
  if ('why' in yaml) throw invalid(file, `it is not valid YAML: ${yaml.why}`);
  const { success, data, error } = policySchema.safeParse(yaml.value);
  if (!success) {
    const [issue] = error.issues;
    throw invalid(file, issue === undefined ? 'it is not as expected' : inWords(issue));
  }
  const allowedSigners = resolve(dirname(file), data.allowed_signers);
  ownText(allowedSigners, uid);
  const maxAgeMs = data.expires === undefined ? DEFAULT_AGE_MS : parseDuration(data.expires);
  if (maxAgeMs === undefined || maxAgeMs <= 0)
    throw invalid(file, `\`expires: ${data.expires}\` is no time such as 24h`);
  return {
    path: file,
    sha256: sha256Of(bytes),
    allowedSigners,
    maxAgeMs,
    destroysNeedsTwo: data.destroys === 'two',
    rules: data.rules.map((rule) => ruleOf(file, rule, data.roles ?? {})),
  };
}

function inWords(issue: z.core.$ZodIssue): string {
  const place = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return `nothing of it is called \`${[...place, key].join('.')}\``;
  }
  return `\`${place.join('.')}\` is not as it has to be (${issue.message})`;
}

/** A file that others can write, or replace in its folder, is not the host's own word. */
function ownText(file: string, uid: number | undefined): Buffer {
  try {
    for (const path of new Set([file, realpathSync(file)])) {
      refuseOthers(file, lstatSync(path), { what: 'it', uid });
      refuseOthers(file, statSync(dirname(path)), { what: 'its folder', uid });
    }
    return readFileSync(file);
  } catch (cause) {
    if (cause instanceof HandrailError) throw cause;
    throw invalid(file, 'it cannot be read', cause);
  }
}

function refuseOthers(
  file: string,
  stat: Stats,
  { what, uid }: { readonly what: string; readonly uid: number | undefined },
): void {
  // In a sticky folder, such as /tmp, nobody replaces what belongs to another; a link has no mode of its own.
  const isGuarded = (stat.isDirectory() && (stat.mode & STICKY) !== 0) || stat.isSymbolicLink();
  if ((stat.mode & WRITABLE_BY_OTHERS) !== 0 && !isGuarded)
    throw invalid(file, `others than the owner of ${what} can write ${what}; \`chmod go-w\` it`);
  if (stat.uid !== 0 && uid !== undefined && stat.uid !== uid)
    throw invalid(
      file,
      `${what} belongs to somebody else, neither to root nor to who runs this; \`chown\` it`,
    );
}

function ruleOf(
  file: string,
  rule: z.infer<typeof ruleSchema>,
  roles: Readonly<Record<string, readonly string[]>>,
): Rule {
  const hours = rule.hours === undefined ? null : readHours(rule.hours);
  if (hours === undefined)
    throw invalid(
      file,
      `\`hours: ${rule.hours}\` is nothing such as \`mon-fri 08:00-18:00 Europe/Zagreb\``,
    );
  const people = (names: readonly string[]): readonly string[] =>
    names.flatMap((name) => {
      if (!name.startsWith('@')) return [name];
      const role = roles[name.slice(1)];
      if (role === undefined) throw invalid(file, `there is no role \`${name}\` under \`roles\``);
      return role;
    });
  const requesters = people(rule.requesters ?? ['*']);
  const approvers = people(rule.approvers ?? ['*']);
  const procedures = rule.procedures ?? ['*'];
  return {
    runbooks: rule.runbooks,
    procedures,
    fits: (runbook, procedure) =>
      rule.runbooks.some((glob) => fitsGlob(glob, runbook)) &&
      procedures.some((glob) => fitsName(glob, procedure)),
    mayRequest: (who) => requesters.some((name) => fitsName(name, who)),
    mayApprove: (who) => approvers.some((name) => fitsName(name, who)),
    approvals: rule.approvals ?? 1,
    hours,
    hoursText: rule.hours ?? '',
    schedules: rule.schedules === true,
  };
}

function invalid(file: string, why: string, cause?: unknown): HandrailError {
  const message = `The policy \`${file}\` cannot be used: ${why}. Nothing is started with a policy in doubt.`;
  return new HandrailError('POLICY_INVALID', { message }, { cause });
}

/**
 * Whether a path fits a pattern: `*` and `?` stay within a folder, `**` crosses folders. Everything else stands for
 * itself. Never more work than the lengths of both, multiplied.
 */
export function fitsGlob(pattern: string, path: string): boolean {
  return fitsParts(pattern.split('/'), path.split('/'), fitsPart);
}

/** Whether a name fits a pattern of `*` and `?`. */
export function fitsName(pattern: string, name: string): boolean {
  return fitsPart(pattern, name);
}

/** Whether a pattern of paths fits every path that another one fits; in doubt it does not. */
export function coversGlob(wide: string, narrow: string): boolean {
  return fitsParts(
    wide.split('/'),
    narrow.split('/'),
    (part, other) => other !== '**' && coversName(part, other),
  );
}

/** The same of a pattern of names. */
export function coversName(wide: string, narrow: string): boolean {
  return fits([...wide], [...narrow], {
    isMany: (sign) => sign === '*',
    fitsOne: (sign, letter) => letter !== '*' && (sign === '?' || sign === letter),
  });
}

function fitsPart(pattern: string, text: string): boolean {
  return fits([...pattern], [...text], {
    isMany: (sign) => sign === '*',
    fitsOne: (sign, letter) => sign === '?' || sign === letter,
  });
}

function fitsParts(
  patterns: readonly string[],
  parts: readonly string[],
  fitsOne: (pattern: string, part: string) => boolean,
): boolean {
  return fits(patterns, parts, { isMany: (part) => part === '**', fitsOne });
}

/** Two pointers and one place to go back to: where the last sign that stands for many began. */
function fits(
  signs: readonly string[],
  items: readonly string[],
  rules: {
    isMany(sign: string): boolean;
    fitsOne(sign: string, item: string): boolean;
  },
): boolean {
  let sign = 0;
  let back: { readonly sign: number; item: number } | undefined;
  for (let item = 0; item < items.length; ) {
    const one = signs[sign];
    if (one !== undefined && rules.isMany(one)) {
      back = { sign, item };
      sign += 1;
    } else if (one !== undefined && rules.fitsOne(one, items[item] ?? '')) {
      sign += 1;
      item += 1;
    } else if (back !== undefined) {
      back.item += 1;
      item = back.item;
      sign = back.sign + 1;
    } else return false;
  }
  return signs.slice(sign).every((rest) => rules.isMany(rest));
}
