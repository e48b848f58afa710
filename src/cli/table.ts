import type { ArgumentSpec, CommandTable, OptionSpec } from './command.ts';

const runbook: ArgumentSpec = {
  name: 'FILE[#procedure]',
  required: true,
  completes: 'runbook',
  summary: 'a markdown file, or the name of one below this folder',
};
const run: ArgumentSpec = {
  name: 'RUN',
  completes: 'run',
  summary: 'a run id, the beginning of one, or `last`',
};
const incident: OptionSpec = {
  name: 'incident',
  value: 'ID',
  summary: 'the incident, HANDRAIL_INCIDENT or the open one by default',
};
const timezone: OptionSpec = { name: 'timezone', value: 'ZONE', summary: 'such as Europe/Zagreb' };
const imports: OptionSpec = {
  name: 'import',
  value: 'FILE',
  many: true,
  completes: 'file',
  summary: 'chat or alert export: csv, jsonl, Slack json',
};
const mapping: OptionSpec = {
  name: 'map',
  value: 'FIELD=NAME',
  many: true,
  summary: 'where time, text, actor, id … stand in it',
};
const sign: OptionSpec = {
  name: 'sign',
  value: 'KEY',
  completes: 'file',
  summary: 'sign the record with this SSH key',
};
const signers: OptionSpec = {
  name: 'allowed-signers',
  value: 'FILE',
  completes: 'file',
  summary: 'whose signatures count (else HANDRAIL_ALLOWED_SIGNERS)',
};
const TEAM_URL = /^postgres(?:ql)?:\/\//i;
const team: OptionSpec = {
  name: 'team',
  value: 'URL',
  optional: TEAM_URL,
  summary: "the team's record (else HANDRAIL_TEAM, or the configuration)",
};
const identity: readonly OptionSpec[] = [
  { name: 'key', value: 'FILE', completes: 'file', summary: 'your SSH key (else HANDRAIL_KEY)' },
  { name: 'as', value: 'WHO', summary: 'your name among the allowed signers (else HANDRAIL_AS)' },
];
const outFile: OptionSpec = {
  name: 'out',
  value: 'FILE',
  completes: 'file',
  summary: 'write it into this file instead',
};
const ofTeam: OptionSpec = {
  ...team,
  insteadOf: 'state',
  summary: "read the team's record (at HANDRAIL_TEAM by default)",
};
const holds: OptionSpec = {
  name: 'holds',
  value: 'ID',
  many: true,
  completes: 'step',
  summary: 'the condition of this step holds: do it',
};
const not: OptionSpec = {
  name: 'not',
  value: 'ID',
  many: true,
  completes: 'step',
  summary: 'it does not hold: leave the step out',
};
const json: OptionSpec = { name: 'json', summary: 'print JSON on standard output' };

/** Options that every command takes. */
const common: readonly OptionSpec[] = [
  {
    name: 'state',
    value: 'DIR',
    completes: 'folder',
    summary: 'where runs are kept (else HANDRAIL_HOME, .handrail/, XDG)',
  },
  { name: 'plain', summary: 'no colour and no redrawing' },
  { name: 'help', short: 'h', summary: 'show this help' },
];

/** Every command there is. Parsing, help, completion and the documentation are derived from it. */
export const TABLE: CommandTable = {
  common,
  commands: [
    {
      name: 'run',
      summary: 'carry out a runbook, or one of its procedures',
      arguments: [{ ...runbook, required: false }],
      options: [
        { name: 'all', summary: 'every procedure of a manual' },
        {
          name: 'step',
          value: 'ID',
          many: true,
          completes: 'step',
          summary: 'this step alone (an id, or #3)',
        },
        { name: 'from', value: 'ID', completes: 'step', summary: 'start at this step' },
        { name: 'to', value: 'ID', completes: 'step', summary: 'end after this step' },
        { name: 'tag', value: 'TAG', many: true, summary: 'steps with this tag alone' },
        { name: 'input', short: 'i', value: 'NAME=VALUE', many: true, summary: 'give an input' },
        {
          name: 'inputs',
          value: 'FILE',
          many: true,
          completes: 'file',
          summary: 'give inputs from a YAML or JSON file',
        },
        { name: 'dry-run', summary: 'say what would run, and run nothing' },
        { name: 'unattended', summary: 'never ask a person: decide by policy' },
        {
          name: 'approve',
          value: 'ID',
          many: true,
          completes: 'step',
          summary: 'grant this step its confirmation',
        },
        holds,
        not,
        { name: 'timeout', value: 'TIME', summary: 'time for the whole run, such as 30m' },
        { name: 'quiet', short: 'q', summary: 'nothing on success, everything on failure' },
        { name: 'json', summary: 'events as JSON lines on standard output' },
        { name: 'reason', value: 'TEXT', summary: 'why, for the record' },
        { name: 'ticket', value: 'ID', summary: 'the ticket it belongs to' },
        { name: 'incident', value: 'ID', summary: 'the incident it belongs to' },
        sign,
        {
          name: 'out',
          value: 'FILE',
          completes: 'file',
          summary: 'a copy of the rendered run log',
        },
      ],
      examples: [
        ['handrail run deploy.md --input version=1.10', 'a runbook, with an input'],
        ['handrail run ops.md#restart-the-pool', 'one procedure of a manual'],
        ['handrail run nightly.md --unattended --quiet', 'from cron'],
        ['handrail run ops.md --all --dry-run', 'what would run, and what stands in its way'],
      ],
      load: () => import('./commands/run.ts'),
    },
    {
      name: 'resume',
      summary: 'go on with a run that failed, waits or was interrupted',
      arguments: [run],
      options: [
        {
          name: 'done',
          value: 'STEP',
          many: true,
          completes: 'step',
          summary: 'this step of unknown outcome was done (`last` is that step)',
        },
        {
          name: 'not-done',
          value: 'STEP',
          many: true,
          completes: 'step',
          summary: 'it was not done: run it again',
        },
        {
          name: 'approval',
          value: 'FILE',
          many: true,
          completes: 'file',
          summary: "a second person's signed yes, from `handrail approve --out`",
        },
        { name: 'force', summary: 'although the order of steps has changed since' },
        { name: 'input', short: 'i', value: 'NAME=VALUE', many: true, summary: 'give an input' },
        {
          name: 'inputs',
          value: 'FILE',
          many: true,
          completes: 'file',
          summary: 'give inputs from a YAML or JSON file',
        },
        { name: 'unattended', summary: 'never ask a person: decide by policy' },
        {
          name: 'approve',
          value: 'ID',
          many: true,
          completes: 'step',
          summary: 'grant this step its confirmation',
        },
        holds,
        not,
        { name: 'timeout', value: 'TIME', summary: 'time for the rest of the run' },
        { name: 'quiet', short: 'q', summary: 'nothing on success, everything on failure' },
        { name: 'json', summary: 'events as JSON lines on standard output' },
        sign,
        {
          name: 'out',
          value: 'FILE',
          completes: 'file',
          summary: 'a copy of the rendered run log',
        },
      ],
      examples: [
        ['handrail resume', 'the newest run that can go on'],
        ['handrail resume 0193a --done last', 'the step in doubt was done'],
      ],
      load: () => import('./commands/resume.ts'),
    },
    {
      name: 'show',
      summary: 'say what is a step in a runbook, and why',
      arguments: [runbook],
      options: [
        json,
        { name: 'why', summary: 'of FILE:LINE: the evidence that its block was judged by' },
      ],
      examples: [
        ['handrail show ops.md', 'procedures, steps, inputs'],
        ['handrail show --why ops.md:42', 'what speaks for and against that block'],
        ['handrail show ops.md#rollback --json', 'the same for a program'],
      ],
      load: () => import('./commands/show.ts'),
    },
    {
      name: 'list',
      summary: 'list runbooks and their procedures',
      arguments: [{ name: 'DIR', completes: 'folder', summary: 'the folder, this one by default' }],
      options: [ofTeam, json],
      examples: [['handrail list runbooks', 'with steps by type and last runs']],
      load: () => import('./commands/list.ts'),
    },
    {
      name: 'check',
      summary: 'find what is wrong with runbooks, without running them',
      arguments: [
        {
          name: 'PATH',
          required: true,
          many: true,
          completes: 'runbook',
          summary: 'runbooks, or folders of them',
        },
      ],
      options: [
        {
          name: 'format',
          value: 'FORMAT',
          choices: ['text', 'json', 'sarif', 'github', 'gitlab'],
          summary: 'text (default), json, sarif, github, gitlab',
        },
        { name: 'json', summary: 'the same as --format json' },
        { name: 'unattended', summary: 'also what an unattended run would refuse' },
        {
          name: 'fail-on',
          value: 'LEVEL',
          choices: ['error', 'warning'],
          summary: 'exit 65 from this severity on (default: error)',
        },
        {
          name: 'changed-since',
          value: 'REF',
          summary: 'also step ids that are others than at this commit',
        },
        { name: 'watch', summary: 'again whenever a file changes' },
      ],
      examples: [
        ['handrail check runbooks', 'every runbook of a folder'],
        ['handrail check ops.md --unattended --fail-on warning', 'would cron be able to run it?'],
      ],
      load: () => import('./commands/check.ts'),
    },
    {
      name: 'alerts',
      aside: true,
      summary: 'say whether every alert leads to a procedure that is there',
      arguments: [
        {
          name: 'RULES',
          required: true,
          many: true,
          completes: 'file',
          summary: 'rule files of Prometheus, Mimir or Grafana, or folders of them',
        },
      ],
      options: [
        {
          name: 'docs',
          value: 'DIR',
          completes: 'folder',
          summary: 'the folder of runbooks, this one by default',
        },
        { name: 'max-age', value: 'TIME', summary: 'a proof must not be older, such as 90d' },
        {
          name: 'format',
          value: 'FORMAT',
          choices: ['text', 'json', 'sarif', 'gitlab'],
          summary: 'text (default), json, sarif, gitlab',
        },
        { name: 'json', summary: 'the same as --format json' },
      ],
      examples: [
        ['handrail alerts rules/ --docs runbooks', 'every alert of a folder of rules'],
        ['handrail alerts rules/ --docs runbooks --json > runbooks/alerts.json', 'for the site'],
      ],
      load: () => import('./commands/alerts.ts'),
    },
    {
      name: 'runs',
      summary: 'list the runs, newest first',
      arguments: [],
      options: [
        ofTeam,
        { name: 'runbook', value: 'FILE', completes: 'runbook', summary: 'of this runbook alone' },
        { name: 'outcome', value: 'OUTCOME', summary: 'with this outcome alone, such as failed' },
        { name: 'since', value: 'TIME', summary: 'since a date, or a time ago such as 2d' },
        { name: 'limit', value: 'N', summary: 'at most so many (default: 20)' },
        json,
      ],
      examples: [['handrail runs --outcome failed --since 7d', 'what went wrong this week']],
      load: () => import('./commands/runs.ts'),
    },
    {
      name: 'log',
      summary: 'show the run log of one run',
      arguments: [run],
      options: [
        ofTeam,
        {
          name: 'format',
          value: 'FORMAT',
          choices: ['markdown', 'json', 'jsonl', 'html', 'junit', 'summary'],
          summary: 'markdown (default), json, jsonl, html, junit, summary',
        },
        { name: 'step', value: 'ID', completes: 'step', summary: 'the full output of this step' },
        { name: 'follow', short: 'f', summary: 'go on while the run goes on' },
      ],
      examples: [
        ['handrail log', 'the newest run, as the runbook filled in'],
        ['handrail log last --step check-disks', 'everything that one step said'],
        ['handrail log last --follow', 'watch a run from another terminal'],
      ],
      load: () => import('./commands/log.ts'),
    },
    {
      name: 'verify',
      summary: 'say whether the record of a run can be trusted',
      arguments: [
        {
          ...run,
          many: true,
          summary: 'runs, incidents, or rendered run logs (run.md); without any, all',
        },
      ],
      options: [ofTeam, signers, json],
      examples: [['handrail verify last', 'sound, altered, truncated, interrupted …']],
      load: () => import('./commands/verify.ts'),
    },
    {
      name: 'note',
      summary: 'write a note or milestone into an incident, from any shell',
      arguments: [{ name: 'TEXT', many: true, summary: 'what happened, was decided or seen' }],
      options: [
        incident,
        { name: 'run', value: 'RUN', completes: 'run', summary: 'about this run instead' },
        {
          name: 'milestone',
          value: 'NAME',
          summary: 'started, detected, acknowledged, mitigated, resolved, or your own',
        },
        {
          name: 'at',
          value: 'TIME',
          summary: 'when it happened: 14:05, `5 minutes ago`, 2026-11-20T02:05Z',
        },
        timezone,
        {
          name: 'kind',
          value: 'KIND',
          choices: ['note', 'decision', 'observation', 'communication', 'action'],
          summary: 'note (default), decision, action …',
        },
        { name: 'owner', value: 'NAME', summary: 'who does it (action)' },
        { name: 'due', value: 'DAY', summary: 'until when: 2026-11-30 (action)' },
        { name: 'by', value: 'NAME', summary: 'who said it, when it was not you' },
        { name: 'supersedes', value: 'ID', summary: 'corrects the event with this id' },
        { name: 'url', value: 'URL', summary: 'where it can be seen' },
        { name: 'pin', summary: 'show it wherever only the most important is shown' },
        imports,
        mapping,
        json,
      ],
      examples: [
        ['handrail note "logins fail" --milestone detected --at 02:00', 'a milestone, told later'],
        [
          'handrail note "Alert at 80 %" --kind action --owner Ana --due 2026-12-01',
          'what is to be done',
        ],
        ['handrail note --incident INC-7 --import chat.csv', 'a chat export, for good'],
      ],
      load: () => import('./commands/note.ts'),
    },
    {
      name: 'incident',
      summary: 'open, close and list incidents, say who does what in them',
      arguments: [
        {
          name: 'ACTION',
          choices: ['open', 'close', 'list', 'role', 'severity'],
          summary: 'open, close, role, severity or list (default)',
        },
        { name: 'NAME', summary: 'its name, such as INC-7; a role; a severity' },
        { name: 'WHO', many: true, summary: 'who has the role now' },
      ],
      options: [
        { ...incident, summary: 'whose role or severity: the open one by default' },
        { name: 'title', value: 'TEXT', summary: 'what it is about (open)' },
        { name: 'severity', value: 'LEVEL', summary: 'how bad it is, such as P1 (open)' },
        { name: 'why', value: 'TEXT', summary: 'why it is over (close), or so bad (severity)' },
        { name: 'by', value: 'NAME', summary: 'who says so, when it is not you' },
        json,
      ],
      examples: [
        ['handrail incident open INC-7 --title "Logins fail"', 'runs and notes belong to it now'],
        ['handrail incident role commander Ana', 'who leads it now'],
        ['handrail incident severity P1 --why "all logins"', 'how bad it is'],
        ['handrail incident close', 'the open one is over'],
      ],
      load: () => import('./commands/incident.ts'),
    },
    {
      name: 'timeline',
      summary: 'tell what happened in an incident, ready for a post-mortem',
      arguments: [{ ...run, many: true }],
      options: [
        ofTeam,
        incident,
        {
          name: 'format',
          short: 'f',
          value: 'FORMAT',
          choices: [
            'markdown',
            'postmortem',
            'json',
            'ndjson',
            'csv',
            'html',
            'mermaid',
            'ics',
            'otlp',
            'evidence',
          ],
          summary: 'markdown (default), postmortem, json, html …',
        },
        {
          name: 'out',
          value: 'FILE',
          completes: 'file',
          summary: 'keeps what you wrote around it',
        },
        timezone,
        { name: 'since', value: 'TIME', summary: 'everything since then' },
        { name: 'until', value: 'TIME', summary: 'everything until then' },
        {
          name: 'from',
          value: 'DIR',
          many: true,
          completes: 'folder',
          summary: 'runs copied from another host, verified',
        },
        imports,
        mapping,
        {
          name: 'offset',
          value: 'HOST=TIME',
          many: true,
          summary: 'a clock was off: move its times, `db1=-90s`',
        },
        { name: 'gap', value: 'TIME', summary: 'tell silences this long (default: 30m; none)' },
        { name: 'all', summary: 'details and corrected entries too' },
        { name: 'blameless', summary: 'roles instead of names of people' },
        { name: 'title', value: 'TEXT', summary: 'its title' },
        { name: 'verify', summary: 'from sound sources, or not at all' },
        { name: 'sign', value: 'KEY', completes: 'file', summary: 'SSH key that signs FILE' },
        signers,
        {
          name: 'templates',
          value: 'DIR',
          completes: 'folder',
          summary: 'your own templates come first',
        },
        { name: 'force', summary: 'write although something would be lost' },
      ],
      examples: [
        ['handrail timeline --incident INC-7 --out incident.md', 'markdown; again, it is renewed'],
        ['handrail timeline last --format html --out run.html', 'one run, one file'],
        ['handrail timeline --format evidence --verify --out inc-7.zip', 'with all its proofs'],
      ],
      load: () => import('./commands/timeline.ts'),
    },
    {
      name: 'site',
      summary: 'make a documentation site of runbooks and their runs',
      arguments: [
        {
          name: 'ACTION',
          required: true,
          choices: ['build', 'serve'],
          summary: 'build it, or serve it here and renew it on change',
        },
        {
          name: 'DIR',
          completes: 'folder',
          summary: 'the folder of runbooks, this one by default',
        },
      ],
      options: [
        ofTeam,
        { name: 'out', value: 'DIR', completes: 'folder', summary: 'where to (default: site)' },
        { name: 'title', value: 'TEXT', summary: "its title (default: the folder's name)" },
        { name: 'url', value: 'URL', summary: 'where it will be published, for the sitemap' },
        { name: 'edit-url', value: 'URL', summary: 'where pages are edited; {path} is the file' },
        { name: 'no-runs', summary: 'without runs and incidents: runbooks alone' },
        { name: 'strict', summary: 'exit 65 when a link leads nowhere' },
        { name: 'port', value: 'N', summary: 'port of serve (default: 4173)' },
        {
          name: 'templates',
          value: 'DIR',
          completes: 'folder',
          summary: 'your own templates come first',
        },
      ],
      examples: [
        ['handrail site build runbooks --out public', 'static files, for any server or none'],
        ['handrail site serve runbooks', 'read while you write'],
      ],
      load: () => import('./commands/site.ts'),
    },
    {
      name: 'schedule',
      summary: 'next times of scheduled runbooks, as crontab or systemd units',
      arguments: [
        {
          name: 'FORM',
          required: true,
          choices: ['list', 'crontab', 'systemd'],
          summary: 'list, crontab or systemd',
        },
        {
          name: 'PATH',
          completes: 'folder',
          summary: 'a folder or a runbook, this folder by default',
        },
      ],
      options: [
        json,
        {
          name: 'out',
          value: 'DIR',
          completes: 'folder',
          summary: 'write unit files into this folder',
        },
      ],
      examples: [
        ['handrail schedule list runbooks', 'the next three times of each'],
        ['handrail schedule crontab /srv/runbooks | crontab -', 'let cron run them'],
        ['handrail schedule systemd --out ~/.config/systemd/user', 'or systemd'],
      ],
      load: () => import('./commands/schedule.ts'),
    },
    {
      name: 'status',
      summary: 'whether every scheduled run that was due came and passed',
      arguments: [
        {
          name: 'PATH',
          completes: 'folder',
          summary: 'a folder or a runbook, this folder by default',
        },
      ],
      options: [
        ofTeam,
        { name: 'expect', summary: 'exit 1 when one failed, 4 when one is missing' },
        { name: 'grace', value: 'TIME', summary: 'how late a run may be (default: 10m)' },
        json,
      ],
      examples: [['handrail status /srv/runbooks --expect', 'for monitoring']],
      load: () => import('./commands/status.ts'),
    },
    {
      name: 'request',
      aside: true,
      summary: 'ask a host to run something, signed with your SSH key',
      arguments: [runbook],
      options: [
        { name: 'host', value: 'NAME', summary: 'the host that is to carry it out' },
        { name: 'there', value: 'PATH', summary: 'where the runbook stands on that host' },
        { name: 'input', short: 'i', value: 'NAME=VALUE', many: true, summary: 'give an input' },
        {
          name: 'inputs',
          value: 'FILE',
          many: true,
          completes: 'file',
          summary: 'give inputs from a YAML or JSON file',
        },
        { name: 'reason', value: 'TEXT', summary: 'why, for who approves it and the record' },
        { name: 'ticket', value: 'ID', summary: 'the ticket it belongs to' },
        { name: 'expires', value: 'TIME', summary: 'how long it may wait (default: 24h)' },
        ...identity,
        outFile,
        team,
        json,
      ],
      examples: [
        ['handrail request ops.md#restart --host db1 --reason "pool full"', 'a wish to run'],
        ['handrail request ops.md#restart --host db1 --out r.json', 'as a file, by any channel'],
      ],
      load: () => import('./commands/request.ts'),
    },
    {
      name: 'approve',
      aside: true,
      summary: 'sign a second yes, to a request or to a step that waits for it',
      arguments: [
        { name: 'REQUEST', required: true, summary: 'its id or its file; or a run that waits' },
        { name: 'STEP', completes: 'step', summary: 'of a run: the step that waits (or `last`)' },
      ],
      options: [
        { name: 'yes', summary: 'sign without showing it first' },
        ...identity,
        outFile,
        team,
        json,
      ],
      examples: [
        ['handrail approve 0193a --key ~/.ssh/id_ed25519 --as bo', 'look at it, then sign'],
        ['handrail approve 0193b drop-old-data', 'one step, which says confirm=two'],
      ],
      load: () => import('./commands/approve.ts'),
    },
    {
      name: 'cancel',
      aside: true,
      summary: 'sign a no to a request; its host ends what it runs of it',
      arguments: [{ name: 'REQUEST', required: true, summary: 'its id, or the beginning of one' }],
      options: [{ name: 'reason', value: 'TEXT', summary: 'why' }, ...identity, outFile, team],
      examples: [['handrail cancel 0193a --reason "wrong host"', 'not begun, or ended']],
      load: () => import('./commands/cancel.ts'),
    },
    {
      name: 'queue',
      aside: true,
      summary: 'list the requests: what waits for whom, what runs, how it ended',
      arguments: [],
      options: [{ name: 'watch', summary: 'go on as things happen' }, team, json],
      examples: [['handrail queue --watch', 'who has to approve what?']],
      load: () => import('./commands/queue.ts'),
    },
    {
      name: 'worker',
      aside: true,
      summary: 'carry out signed requests on this host, by its own policy',
      arguments: [],
      options: [
        { name: 'host', value: 'NAME', summary: 'what this host is called in requests' },
        { name: 'policy', value: 'FILE', completes: 'file', summary: 'who may ask for what here' },
        {
          name: 'from',
          value: 'DIR',
          completes: 'folder',
          summary: 'requests and approvals as files, without a record',
        },
        { name: 'once', summary: 'what is ready now, then end (5 when something waits)' },
        { name: 'at-once', value: 'N', summary: 'so many runs at a time (default: 4)' },
        { name: 'unit', summary: 'print a systemd unit, and start nothing' },
        team,
      ],
      examples: [
        ['handrail worker --host db1 --policy /etc/handrail/policy.yaml', 'until TERM'],
        ['handrail worker --host db1 --policy p.yaml --from inbox --once', 'with no server'],
      ],
      load: () => import('./commands/worker.ts'),
    },
    {
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
        team,
        { name: 'print', summary: 'print the SQL of init, and apply nothing' },
        { name: 'renew', summary: 'a new password for a login that is there' },
        { name: 'follow', value: 'RUN', summary: 'sync one run for as long as it goes on' },
        json,
      ],
      examples: [
        ['handrail team init postgres://admin@db/ops', 'once; again, to bring it up to date'],
        ['handrail team host add web1 --team postgres://admin@db/ops', 'a login for a host'],
        ['handrail team status', 'is it there, and what was not sent yet?'],
      ],
      load: () => import('./commands/team.ts'),
    },
    {
      name: 'prune',
      summary: 'remove old runs, and keep in the record that they were there',
      arguments: [],
      options: [
        { name: 'keep', value: 'TIME', summary: 'keep runs younger than this, such as 90d' },
        {
          name: 'keep-last',
          value: 'N',
          summary: 'and always the newest N of each runbook (default: 1)',
        },
        { name: 'dry-run', summary: 'say what would be removed, and remove nothing' },
        json,
      ],
      examples: [
        [
          'handrail prune --keep 90d',
          'what is older goes; waiting and failed runs that can go on stay',
        ],
      ],
      load: () => import('./commands/prune.ts'),
    },
    {
      name: 'new',
      summary: 'start a runbook from a template',
      arguments: [
        { name: 'FILE', required: true, completes: 'file', summary: 'the file to write' },
      ],
      options: [{ name: 'title', value: 'TEXT', summary: 'its title' }],
      examples: [['handrail new restart.md --title "Restart the pool"', 'a runbook that runs']],
      load: () => import('./commands/new.ts'),
    },
    {
      name: 'doctor',
      summary: 'say what would stop a run on this machine',
      arguments: [{ name: 'FILE', completes: 'runbook', summary: 'also what this runbook needs' }],
      options: [json],
      examples: [['handrail doctor ops.md', 'state folder, tools, clock, and what ops.md needs']],
      load: () => import('./commands/doctor.ts'),
    },
    {
      name: 'completion',
      summary: 'print the completion script of a shell',
      aside: true,
      arguments: [
        {
          name: 'SHELL',
          required: true,
          choices: ['bash', 'zsh', 'fish'],
          completes: 'shell',
          summary: 'bash, zsh or fish',
        },
        {
          name: 'WORD',
          many: true,
          summary: 'behind `--`: a command line so far; prints what could stand for its last word',
        },
      ],
      options: [],
      examples: [['eval "$(handrail completion bash)"', 'in ~/.bashrc']],
      load: () => import('./commands/completion.ts'),
    },
    {
      name: 'test',
      summary: 'run the tests that stand beside runbooks',
      arguments: [
        {
          name: 'PATH',
          many: true,
          completes: 'file',
          summary: 'test files, runbooks or folders (default: this one)',
        },
      ],
      options: [
        {
          name: 'format',
          value: 'FORMAT',
          choices: ['text', 'junit'],
          summary: 'text (default), junit',
        },
        { name: 'record', value: 'RUN', completes: 'run', summary: 'write a test from this run' },
      ],
      examples: [
        ['handrail test runbooks', 'every release.test.yaml and its like'],
        ['handrail test --record last', 'a test of what was done last'],
      ],
      load: () => import('./commands/test.ts'),
    },
    {
      name: 'schema',
      summary: 'print the JSON Schema of the words of a runbook',
      aside: true,
      arguments: [
        {
          name: 'WORDS',
          choices: ['frontmatter', 'annotations', 'test'],
          summary: 'frontmatter (default), annotations or test',
        },
      ],
      options: [],
      examples: [['handrail schema > frontmatter.schema.json', 'for an editor']],
      load: () => import('./commands/schema.ts'),
    },
    {
      name: 'help',
      summary: 'show help',
      aside: true,
      arguments: [
        {
          name: 'COMMAND',
          completes: 'help',
          summary: 'the command, `annotations` or `frontmatter`',
        },
        { name: 'WORD', completes: 'word', summary: 'one of the words of a runbook' },
      ],
      options: [],
      examples: [
        ['handrail help run', 'what run can do'],
        ['handrail help annotations', 'every word for a fence'],
        ['handrail help frontmatter inputs', 'one field of the frontmatter'],
      ],
      load: () => import('./commands/help.ts'),
    },
  ],
};
