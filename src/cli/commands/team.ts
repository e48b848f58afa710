import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { isTeamUrl } from '../../stores/team/connection.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { screenLine } from '../screen/safe-text.ts';
import { jsonOption, teamOption } from '../shared-words.ts';
import { stateFolder } from '../state-folder.ts';
import { teamUrl } from '../team/team-url.ts';

export const spec: CommandWords = {
  name: 'team',
  aside: true,
  summary: "make and look after a team's record in PostgreSQL",
  arguments: [
    {
      name: 'ACTION',
      required: true,
      choices: ['init', 'host', 'person', 'status', 'sync'],
      summary: 'init URL, host add NAME, person add NAME, status or sync',
    },
    { name: 'WORD', many: true, summary: 'what it is done with' },
  ],
  options: [
    teamOption,
    { name: 'print', summary: 'print the SQL of init, and apply nothing' },
    { name: 'renew', summary: 'a new password for a login that is there' },
    { name: 'follow', value: 'RUN', summary: 'sync one run for as long as it goes on' },
    jsonOption,
  ],
  examples: [
    ['handrail team init postgres://admin@db/ops', 'once; again, to bring it up to date'],
    ['handrail team host add web1 --team postgres://admin@db/ops', 'a login for a host'],
    ['handrail team status', 'is it there, and what was not sent yet?'],
  ],
};

type Action = (invocation: Invocation, context: CliContext) => Promise<number>;

/** `handrail team`: makes a team's record, gives logins to hosts and persons, says how it stands, sends what is left. */
export const run: CommandBody['run'] = (invocation, context) => {
  const action = ACTIONS[invocation.words[0] ?? ''];
  if (action === undefined) throw new HandrailError('INTERNAL', { message: 'no such action' });
  return action(invocation, context);
};

const ACTIONS: Readonly<Record<string, Action>> = {
  init,
  host: (invocation, context) => add('host', invocation, context),
  person: (invocation, context) => add('person', invocation, context),
  status,
  sync,
};

async function init(invocation: Invocation, context: CliContext): Promise<number> {
  const { initScript, initTeam } = await import('../../team/init.ts');
  if (invocation.flag('print')) {
    await context.out.write(await initScript());
    return EXIT.passed;
  }
  const given = invocation.words[1] ?? invocation.text('team');
  if (given !== undefined && given !== '' && !isTeamUrl(given))
    throw usage(`\`${given}\` is no URL of a PostgreSQL, such as postgres://admin@db.example/ops`);
  const { where, before, after } = await initTeam(await teamUrl(given, context.env));
  const said =
    before === after
      ? `The team's record in ${where} is there already (version ${after}); nothing was changed.`
      : `The team's record in ${where} is made (version ${after}${before === 0 ? '' : `, before ${before}`}).`;
  const next = '`handrail team host add NAME` gives a host its login.';
  await context.out.write(
    invocation.flag('json')
      ? `${JSON.stringify({ where, before, version: after })}\n`
      : `${screenLine(said)}\n${next}\n`,
  );
  return EXIT.passed;
}

async function add(
  kind: 'host' | 'person',
  invocation: Invocation,
  context: CliContext,
): Promise<number> {
  const [, verb, name, ...more] = invocation.words;
  if (verb !== 'add' || name === undefined || more.length > 0)
    throw usage(`write \`handrail team ${kind} add NAME\``);
  const { addLogin } = await import('../../team/logins.ts');
  const url = await teamUrl(invocation.text('team'), context.env);
  const made = await addLogin(url, kind, name, { renew: invocation.flag('renew') });
  const lines = [
    `HANDRAIL_TEAM=${made.url}`,
    '',
    `# for ${kind} ${name}: its own login ${made.login}. The password is shown this once;`,
    '# keep the line where that host alone reads it, such as an EnvironmentFile of mode 0600.',
  ];
  await context.out.write(
    invocation.flag('json')
      ? `${JSON.stringify({ [kind]: name, login: made.login, url: made.url })}\n`
      : `${lines.join('\n')}\n`,
  );
  return EXIT.passed;
}

async function status(invocation: Invocation, context: CliContext): Promise<number> {
  const { teamStanding } = await import('../../team/standing.ts');
  const url = await teamUrl(invocation.text('team'), context.env);
  const standing = await teamStanding(url, stateFolder(context));
  const { standingText } = await import('../team/standing-text.ts');
  await context.out.write(
    invocation.flag('json')
      ? `${JSON.stringify(standing, null, 2)}\n`
      : standingText(standing, context.style),
  );
  return standing.problem === null ? EXIT.passed : EXIT.unreachable;
}

async function sync(invocation: Invocation, context: CliContext): Promise<number> {
  const url = await teamUrl(invocation.text('team'), context.env);
  const state = stateFolder(context);
  if (isTeamUrl(state)) throw usage('the runs are in the record itself: there is nothing to send');
  const follow = invocation.text('follow');
  if (follow !== undefined) {
    const { followRunOfEngine } = await import('../team/follow-run.ts');
    await followRunOfEngine({ state, url }, follow);
    return EXIT.passed;
  }
  const { sendAll } = await import('../../team/mirror/sender.ts');
  const { inWords, withoutPassword } = await import('../../stores/team/refusals.ts');
  const sent = await sendAll({ state, url }).catch((error: unknown) => {
    throw inWords(error, withoutPassword(url));
  });
  const { forks, refused } = sent;
  const text =
    sent.runs + refused.length + forks.length === 0
      ? 'Everything is there.'
      : `Sent: ${sent.lines} lines of ${sent.runs} runs.`;
  const { forkedName } = await import('../../team/mirror/outbox.ts');
  const forked = forks.map(
    (fork) =>
      `Not sent: ${screenLine(forkedName(fork))}. The record holds something else of it, and both are kept there.`,
  );
  const held = refused.map(
    ({ run: id, why }) => `Run ${id} is not sent: the record does not take it: ${screenLine(why)}.`,
  );
  await context.out.write(
    invocation.flag('json')
      ? `${JSON.stringify(sent)}\n`
      : `${[text, ...forked, ...held].join('\n')}\n`,
  );
  return forks.length + refused.length === 0 ? EXIT.passed : EXIT.failed;
}

function usage(why: string): HandrailError {
  return new HandrailError('USAGE', {
    message: `${why[0]?.toUpperCase()}${why.slice(1)}. \`handrail help team\` shows how it is called.`,
  });
}
