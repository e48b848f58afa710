import { existsSync } from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { teamStanding } from '../../team/standing.ts';
import type { CliContext } from '../context.ts';
import { stateFolder } from '../state-folder.ts';
import { teamUrlIfAny } from './team-url.ts';

/** One thing about the team that was looked at. */
export interface TeamFinding {
  readonly what: string;
  readonly verdict: 'good' | 'doubtful' | 'bad';
  readonly say: string;
}

const MOST_CLOCK_MS = 2000;
const OLDEST_SERVER = 15;

/** The record, its login and clock, what was not sent, and the host's policy; nothing where none of them is named. */
export async function teamFindings(context: CliContext): Promise<readonly TeamFinding[]> {
  return [...(await recordFindings(context)), ...(await policyFindings(context))];
}

async function recordFindings(context: CliContext): Promise<readonly TeamFinding[]> {
  const url = await teamUrlIfAny(undefined, context.env);
  if (url === undefined) return [];
  const standing = await teamStanding(url, stateFolder(context));
  const what = "team's record";
  const { problem, server, tls, login, host, clockMs, behind, powers } = standing;
  // The runs do not wait for it: a record that is away stops none.
  if (problem !== null)
    return [
      { what, verdict: 'doubtful', say: `${problem} Runs go on; what they leave is sent later` },
    ];
  const isOld = Number.parseInt(server ?? '0', 10) < OLDEST_SERVER;
  const isOff = Math.abs(clockMs ?? 0) > MOST_CLOCK_MS;
  return [
    {
      what,
      verdict: isOld ? 'bad' : 'good',
      say: `PostgreSQL ${server}${isOld ? `: ${OLDEST_SERVER} is needed` : ''}`,
    },
    {
      what: 'its line',
      verdict: tls === true ? 'good' : 'doubtful',
      say: tls === true ? 'TLS' : 'no TLS: logs and outputs go in clear',
    },
    {
      what: 'its login',
      verdict: powers === '' ? 'good' : 'doubtful',
      say: `${login}${host === null ? ', of no host' : `, host ${host}`}${powers === '' ? '' : `: it may too much (${powers})`}`,
    },
    { what: 'its clock', verdict: isOff ? 'doubtful' : 'good', say: `${clockMs} ms from this one` },
    {
      what: 'mirror',
      verdict: behind.runs === 0 ? 'good' : 'doubtful',
      say:
        behind.runs === 0
          ? 'nothing is behind'
          : `${behind.runs} runs not sent yet: \`handrail team sync\``,
    },
  ];
}

async function policyFindings({ env, cwd }: CliContext): Promise<readonly TeamFinding[]> {
  const file = path.resolve(cwd, env['HANDRAIL_POLICY'] ?? '/etc/handrail/policy.yaml');
  if (env['HANDRAIL_POLICY'] === undefined && !existsSync(file)) return [];
  try {
    const { loadPolicy } = await import('../../team/policy/policy.ts');
    const { rules } = await loadPolicy(file);
    return [{ what: 'policy', verdict: 'good', say: `${file}, ${rules.length} rules` }];
  } catch (error) {
    if (error instanceof HandrailError)
      return [{ what: 'policy', verdict: 'bad', say: error.message }];
    throw error;
  }
}
