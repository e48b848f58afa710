import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { runCommand } from '../../process/command.ts';
import { hasCommand } from '../../process/commands-on-path.ts';
import { forkedName } from '../../team/mirror/outbox.ts';
import { teamStanding, versionGap } from '../../team/standing.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import type { CliContext } from '../context.ts';
import { findRunbook } from '../find-runbooks.ts';
import { counted } from '../progress/words.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Tone } from '../screen/style.ts';
import { jsonOption } from '../shared-words.ts';
import { diagnosticLines } from '../show/diagnostic-lines.ts';
import { stateFolder } from '../state-folder.ts';
import { teamUrlIfAny } from '../team/team-url.ts';
import { worldOf } from '../world-of.ts';

export const spec: CommandWords = {
  name: 'doctor',
  summary: 'say what would stop a run on this machine',
  arguments: [{ name: 'FILE', completes: 'runbook', summary: 'also what this runbook needs' }],
  options: [jsonOption],
  examples: [['handrail doctor ops.md', 'state folder, tools, clock, and what ops.md needs']],
};

/** One thing that was looked at. */
interface Finding {
  readonly what: string;
  readonly verdict: 'good' | 'doubtful' | 'bad';
  readonly say: string;
}

const TONES: Readonly<Record<Finding['verdict'], Tone>> = {
  good: 'good',
  doubtful: 'careful',
  bad: 'bad',
};
const MIN_FREE_BYTES = 64 * 1024 * 1024;
const ASK_TIMEOUT_MS = 5000;
const OLDEST_YEAR = 2024;

/** `handrail doctor`: what would stop a run on this machine, or of this runbook. Exit 65 when something would. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const [file] = invocation.words;
  const findings = [
    stateFinding(context),
    await bashFinding(context),
    ...toolFindings(context),
    clockFinding(),
    ...(await teamFindings(context)),
  ];
  const needs = file === undefined ? [] : await runbookFindings(file, context);
  const isBad =
    findings.some(({ verdict }) => verdict === 'bad') ||
    needs.some(({ severity }) => severity === 'error');
  const text = invocation.flag('json')
    ? `${JSON.stringify({ findings, runbook: needs }, null, 2)}\n`
    : doctorText(findings, needs, file, context);
  await context.out.write(text);
  return isBad ? EXIT.refused : EXIT.passed;
};

function stateFinding(context: CliContext): Finding {
  const what = 'state folder';
  const folder = stateFolder(context);
  if (/^[a-z][a-z0-9+]*:\/\//i.test(folder)) return { what, verdict: 'good', say: folder };
  const nearest = existing(folder);
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(nearest);
    const freeBytes = bavail * bsize;
    const free = `${Math.round(freeBytes / 1024 / 1024)} MiB free`;
    const verdict = freeBytes < MIN_FREE_BYTES ? 'doubtful' : 'good';
    const made = nearest === folder ? '' : ', made by the first run';
    return { what, verdict, say: `${folder} (${free}${made})` };
  } catch {
    return {
      what,
      verdict: 'bad',
      say: `${folder} cannot be written. Choose another with --state or HANDRAIL_HOME.`,
    };
  }
}

function existing(folder: string): string {
  return existsSync(folder) ? folder : existing(path.dirname(folder));
}

async function bashFinding({ env }: CliContext): Promise<Finding> {
  const what = 'bash';
  try {
    const { stdout } = await runCommand({
      program: 'bash',
      args: ['-c', 'echo "$BASH_VERSION"'],
      env: { PATH: env['PATH'] ?? '' },
      timeoutMs: ASK_TIMEOUT_MS,
    });
    const isOld = Number(stdout.split('.')[0]) < 4;
    const say = isOld ? `${stdout.trim()} is too old: steps need 4 or newer` : stdout.trim();
    return { what, verdict: isOld ? 'bad' : 'good', say };
  } catch {
    return { what, verdict: 'bad', say: 'not found on PATH: shell steps cannot run' };
  }
}

function toolFindings({ env }: CliContext): readonly Finding[] {
  const uses: readonly (readonly [string, string])[] = [
    ['git', 'runs do not record the commit of their runbook'],
    ['flock', 'locks end with the engine and do not follow orphaned steps'],
    ['ssh-keygen', 'seals cannot be signed'],
  ];
  return uses.map(([what, without]) =>
    hasCommand(what, env)
      ? { what, verdict: 'good', say: 'found' }
      : { what, verdict: 'doubtful', say: `not found on PATH: ${without}` },
  );
}

function clockFinding(): Finding {
  const now = new Date();
  const isWrong = now.getUTCFullYear() < OLDEST_YEAR;
  const say = `${now.toISOString()}${isWrong ? ' cannot be right: set the clock' : ''}`;
  return { what: 'clock', verdict: isWrong ? 'bad' : 'good', say };
}

async function runbookFindings(word: string, context: CliContext): Promise<readonly Diagnostic[]> {
  const { cwd, env } = context;
  const { checkRunbook } = await import('../../checking.ts');
  const address = await findRunbook(word, cwd);
  const known = (name: string): boolean => hasCommand(name, env);
  const [{ superuserFindings }, { readRunbook }] = await Promise.all([
    import('../../host/superusers.ts'),
    import('../../host/read-page.ts'),
  ]);
  const found = await checkRunbook(address.path, {
    hasCommand: known,
    unattended: worldOf(context),
    procedure: address.procedure,
  });
  return [
    ...found.filter(({ severity }) => severity !== 'info'),
    ...(await superuserFindings((await readRunbook(address.path, env)).runbook, env)),
  ];
}

function doctorText(
  findings: readonly Finding[],
  needs: readonly Diagnostic[],
  file: string | undefined,
  { style }: CliContext,
): string {
  const wide = Math.max(...findings.map(({ what }) => what.length));
  const rows = findings.map(
    ({ what, verdict, say }) => `${what.padEnd(wide)}  ${style(TONES[verdict], verdict)}: ${say}`,
  );
  const about =
    file === undefined
      ? []
      : [
          '',
          needs.length > 0
            ? `About ${screenLine(file)}:`
            : findings.some(({ verdict }) => verdict === 'bad')
              ? `Nothing in ${screenLine(file)} stands against it; what is bad above does.`
              : `Nothing stands against ${screenLine(file)}.`,
        ];
  return `${[...rows, ...about, ...diagnosticLines(needs, style)].join('\n')}\n`;
}

/** One thing about the team that was looked at. */
interface TeamFinding {
  readonly what: string;
  readonly verdict: 'good' | 'doubtful' | 'bad';
  readonly say: string;
}

const MOST_CLOCK_MS = 2000;
const OLDEST_SERVER = 15;

/** The record, its login and clock, what was not sent, and the host's policy; nothing where none of them is named. */
async function teamFindings(context: CliContext): Promise<readonly TeamFinding[]> {
  return [
    ...(await recordFindings(context)),
    ...(await policyFindings(context)),
    ...(await keyFindings(context)),
  ];
}

async function recordFindings(context: CliContext): Promise<readonly TeamFinding[]> {
  const url = await teamUrlIfAny(undefined, context.env);
  if (url === undefined) return [];
  const standing = await teamStanding(url, stateFolder(context));
  const what = "team's record";
  const { problem, server, tls, login, host, clockMs, behind, forks, powers, unguarded } = standing;
  // The runs do not wait for it: a record that is away stops none.
  if (problem !== null)
    return [
      { what, verdict: 'doubtful', say: `${problem} Runs go on; what they leave is sent later` },
    ];
  const isOld = Number.parseInt(server ?? '0', 10) < OLDEST_SERVER;
  const isOff = Math.abs(clockMs ?? 0) > MOST_CLOCK_MS;
  const gap = versionGap(standing);
  return [
    {
      what,
      verdict: isOld ? 'bad' : 'good',
      say: `PostgreSQL ${server}${isOld ? `: ${OLDEST_SERVER} is needed` : ''}`,
    },
    ...(gap === '' ? [] : [{ what: 'its schema', verdict: 'doubtful' as const, say: gap }]),
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
    ...(unguarded === 0
      ? []
      : [
          {
            what: 'its tables',
            verdict: 'bad' as const,
            say: `${unguarded} triggers that keep them append-only are switched off; whoever owns the database can say why`,
          },
        ]),
    { what: 'its clock', verdict: isOff ? 'doubtful' : 'good', say: `${clockMs} ms from this one` },
    ...forks.map((fork) => ({
      what: 'mirror',
      verdict: 'bad' as const,
      say: `${forkedName(fork)}: the record holds something else. Was this state folder copied, or set back?`,
    })),
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
    const { loadPolicy } = await import('../../team/policy.ts');
    const { policyDoubts } = await import('../../team/policy-doubts.ts');
    const policy = await loadPolicy(file);
    const { rules, allowedSigners } = policy;
    const lines = readFileSync(allowedSigners, 'utf8').split('\n');
    const signers = lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).length;
    const say = `${file}, ${counted(rules.length, 'rule')}, ${counted(signers, 'allowed signer')}`;
    if (signers === 0 || rules.length === 0)
      return [{ what: 'policy', verdict: 'bad', say: `${say}: nobody can ask for anything` }];
    const doubts = policyDoubts(policy);
    if (doubts.length === 0) return [{ what: 'policy', verdict: 'good', say }];
    return doubts.map((doubt) => ({
      what: 'policy',
      verdict: doubt.verdict,
      say: `${file}: ${doubt.say}`,
    }));
  } catch (error) {
    if (error instanceof HandrailError)
      return [{ what: 'policy', verdict: 'bad', say: error.message }];
    throw error;
  }
}

/** The key that a person signs requests and approvals with, where one is named. */
async function keyFindings({ env, cwd }: CliContext): Promise<readonly TeamFinding[]> {
  const named = env['HANDRAIL_KEY'];
  if (named === undefined) return [];
  const key = path.resolve(cwd, named);
  const { exitCode, stdout } = await runCommand({
    program: 'ssh-keygen',
    args: ['-l', '-f', key],
    env: { PATH: env['PATH'] ?? '' },
  }).catch(() => ({ exitCode: null, stdout: '' }));
  const print = /SHA256:\S+/.exec(stdout)?.[0];
  if (exitCode === 0 && print !== undefined)
    return [{ what: 'key', verdict: 'good', say: `${key}, ${print}` }];
  return [{ what: 'key', verdict: 'bad', say: `${key} is no SSH key that can be read` }];
}
