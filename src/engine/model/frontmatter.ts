import { ANNOTATIONS } from './annotations.ts';
import { NOTICE_FORMATS, OCCASIONS } from './occasion.ts';
import { type ReadWords, sharedWords, type Words } from './word.ts';

const INPUT = {
  description: {
    meaning: 'What the value is, for whoever is asked for it.',
    value: { kind: 'text' },
  },
  default: {
    meaning: 'The value where nobody gives one; a list is for `each`.',
    value: { kind: 'scalar', list: true },
  },
  choices: { meaning: 'The only values that are taken.', value: { kind: 'scalars' } },
  pattern: {
    meaning: 'A regular expression that the whole value has to match.',
    value: { kind: 'text', form: 'pattern' },
  },
  type: {
    meaning: 'What kind of value it is.',
    value: { kind: 'choice', of: ['string', 'number', 'boolean'] },
    default: '`string`',
  },
  secret: {
    meaning: 'The value is never shown or recorded.',
    value: { kind: 'flag' },
    default: 'judged from the name',
  },
  env: {
    meaning: 'The environment variable that gives the value.',
    value: { kind: 'text', form: 'env' },
  },
  command: { meaning: 'A command whose output is the value.', value: { kind: 'text' } },
  required: {
    meaning: 'Whether there has to be a value; without one it is empty.',
    value: { kind: 'flag' },
    default: '`true`',
  },
} as const satisfies Words;

/** How one input is declared. */
export type InputDeclaration = ReadWords<typeof INPUT>;

/** What is said of one step alone cannot hold for every one. */
const DEFAULTS = sharedWords(ANNOTATIONS);

const STEP = '\n```bash\necho done\n```\n';

/**
 * Every field of the frontmatter. Reading, hints, help, the JSON Schema and the documentation are derived from it.
 * Each example is carried out by a test.
 */
export const FRONTMATTER = {
  title: {
    meaning: 'What the runbook is called.',
    value: { kind: 'text' },
    default: 'its first heading',
    example: `---\ntitle: Nightly backup\n---\n${STEP}`,
  },
  description: {
    meaning: 'One sentence: what it is for.',
    value: { kind: 'text' },
    example: `---\ndescription: Backs the shop up and proves it\n---\n${STEP}`,
  },
  kind: {
    meaning: 'One procedure that is run as a whole, or a manual of several.',
    value: { kind: 'choice', of: ['runbook', 'manual'] },
    default: 'judged from the headings',
    example: `---\nkind: runbook\n---\n\n# Two parts\n\n## One\n${STEP}\n## Two\n${STEP}`,
  },
  owner: {
    meaning: 'Who looks after it.',
    value: { kind: 'text' },
    example: `---\nowner: Platform team\n---\n${STEP}`,
  },
  severity: {
    meaning: 'How much it matters, in your own words (`P1`).',
    value: { kind: 'text' },
    example: `---\nseverity: P1\n---\n${STEP}`,
  },
  tags: {
    meaning: 'Words to find it by.',
    value: { kind: 'texts' },
    example: `---\ntags: [database, weekly]\n---\n${STEP}`,
  },
  aliases: {
    meaning: 'Other names that it is found by on the site.',
    value: { kind: 'texts' },
    example: `---\naliases: [db-backup]\n---\n${STEP}`,
  },
  infer: {
    meaning: 'Fences without a language that read as commands may run without a person.',
    value: { kind: 'flag' },
    default: '`false`',
    example: '---\ninfer: true\n---\n\n```\necho hello\n```\n',
  },
  inputs: {
    meaning: 'Values that the runbook needs, used as `{{name}}`.',
    value: { kind: 'map', bare: true, names: 'input', of: { kind: 'group', words: INPUT } },
    example:
      '---\ninputs: { version: { description: What to deploy, pattern: "[0-9.]+", default: "1.10" } }\n---\n\n```bash\necho "deploying {{version}}"\n```\n',
  },
  environments: {
    meaning:
      'Where it runs, by name (`run --env production`): values of inputs, and whether a person says yes before what writes there.',
    value: {
      kind: 'map',
      of: {
        kind: 'group',
        words: {
          values: {
            meaning: 'Values of inputs there; `--input` comes first.',
            value: { kind: 'map', names: 'input', of: { kind: 'scalar', list: true } },
          },
          confirm: {
            meaning: 'What writes is confirmed there; without a person, `--approve` does it.',
            value: { kind: 'flag' },
            default: '`false`',
          },
        },
      },
    },
    default: 'none: `--env` is refused',
    example:
      '---\ninputs: { host: { default: localhost } }\nenvironments: { staging: { values: { host: stage-1 } }, production: { values: { host: web-1 }, confirm: true } }\n---\n\n```bash\necho "{{host}}"\n```\n',
  },
  requires: {
    meaning: 'What has to be there before the first step.',
    value: {
      kind: 'group',
      words: {
        commands: { meaning: 'Commands on the PATH.', value: { kind: 'texts', form: 'command' } },
        env: { meaning: 'Environment variables.', value: { kind: 'texts', form: 'env' } },
        files: { meaning: 'Files, from the runbook’s folder.', value: { kind: 'texts' } },
      },
    },
    example: `---\nrequires: { commands: [bash], env: [PATH], files: [/bin] }\n---\n${STEP}`,
  },
  connections: {
    meaning: 'Databases by name; `$NAME` in a URL is taken from the environment.',
    value: {
      kind: 'map',
      of: {
        kind: 'group',
        words: {
          url: {
            meaning: 'Where it is.',
            value: { kind: 'text', form: 'database' },
            required: true,
          },
          readonly: {
            meaning: 'Queries cannot change anything.',
            value: { kind: 'flag' },
            default: '`false`',
          },
        },
      },
    },
    default: '`default` is DATABASE_URL',
    example:
      '---\nconnections: { default: { url: $DATABASE_URL, readonly: true } }\n---\n\n```sql\nselect 1\n```\n',
  },
  shell: {
    meaning: 'How shell fences run.',
    value: {
      kind: 'group',
      words: {
        program: { meaning: 'The shell.', value: { kind: 'text' }, default: '`bash`' },
        errexit: {
          meaning: 'The first command that fails ends the step.',
          value: { kind: 'flag' },
          default: '`true`',
        },
        pipefail: {
          meaning: 'A pipeline fails when any of its commands does.',
          value: { kind: 'flag' },
          default: '`true`',
        },
        nounset: {
          meaning: 'A variable that is not set fails the step.',
          value: { kind: 'flag' },
          default: '`false`',
        },
      },
    },
    example: '---\nshell: { errexit: false }\n---\n\n```bash\nfalse\necho went on\n```\n',
  },
  timeout: {
    meaning: 'The longest a whole run may take.',
    value: { kind: 'span', some: true },
    default: 'none',
    example: `---\ntimeout: 30m\n---\n${STEP}`,
  },
  waiting: {
    meaning: 'How long a run may wait for a person before it has to be begun anew.',
    value: { kind: 'span', some: true },
    default: 'for ever',
    example: `---\nwaiting: 8h\n---\n${STEP}`,
  },
  timezone: {
    meaning: 'The time zone of its schedule.',
    value: { kind: 'text', form: 'timezone' },
    default: 'the machine’s',
    example: `---\ntimezone: Europe/Zagreb\n---\n${STEP}`,
  },
  hosts: {
    meaning:
      'Hosts that the runbook’s commands run on over `ssh`, one after the other; `--on` names others.',
    value: { kind: 'texts', form: 'host', some: true },
    default: 'this machine',
    example: '---\nhosts: [db1, db2]\n---\n\n```bash unattended=skip\nuptime\n```\n',
  },
  lock: {
    meaning: 'What keeps two runs apart.',
    value: {
      kind: 'group',
      words: {
        name: {
          meaning: 'Runbooks with the same name wait for each other.',
          value: { kind: 'text' },
          default: 'the file',
        },
        policy: {
          meaning: 'What a run does that finds the lock held.',
          value: { kind: 'choice', of: ['skip', 'wait', 'fail'] },
          default: '`skip`',
        },
        wait: { meaning: 'How long `wait` waits.', value: { kind: 'span' }, default: '5m' },
      },
    },
    example: `---\nlock: { name: deploy, policy: wait, wait: 5m }\n---\n${STEP}`,
  },
  schedule: {
    meaning: 'When procedures are due; `handrail schedule` makes a crontab or timers of it.',
    value: {
      kind: 'groups',
      words: {
        procedure: { meaning: 'Which one; without it the whole runbook.', value: { kind: 'text' } },
        cron: { meaning: 'When.', value: { kind: 'text', form: 'cron' }, required: true },
        timezone: {
          meaning: 'Its time zone.',
          value: { kind: 'text', form: 'timezone' },
          default: 'the runbook’s',
        },
        host: {
          meaning: 'The host whose `handrail worker --schedules` starts it.',
          value: { kind: 'text', form: 'host' },
          default: 'whoever calls it from cron or a timer',
        },
        inputs: {
          meaning: 'Values of its inputs.',
          value: { kind: 'map', names: 'input', of: { kind: 'scalar' } },
        },
      },
    },
    example: `---\nschedule: [{ procedure: nightly, cron: "0 2 * * *" }]\n---\n\n# Nightly\n${STEP}`,
  },
  'on-alert': {
    meaning:
      'Procedures that `handrail for-alert --start` may start by itself, if they only read; `all` for the whole runbook.',
    value: { kind: 'texts' },
    default: 'none',
    example: '---\non-alert: [look]\n---\n\n# Look\n\n```bash\ndf -h /\n```\n',
  },
  notify: {
    meaning: 'Who is told of what; telling can never break a run.',
    value: {
      kind: 'groups',
      words: {
        on: {
          meaning: 'Of what.',
          value: {
            kind: 'texts',
            of: OCCASIONS,
          },
          required: true,
        },
        command: { meaning: 'Is run with the facts in its environment.', value: { kind: 'text' } },
        webhook: { meaning: 'Is sent the facts.', value: { kind: 'text', form: 'webhook' } },
        format: {
          meaning: 'How the webhook wants them.',
          value: { kind: 'choice', of: NOTICE_FORMATS },
          default: '`json`',
        },
        key: {
          meaning: 'The key of PagerDuty or Opsgenie; `$NAME` is taken from the environment.',
          value: { kind: 'text' },
        },
        timeout: {
          meaning: 'The longest that telling may take.',
          value: { kind: 'span', some: true },
          default: '10s',
        },
      },
    },
    example: `---\nnotify: [{ on: [failure, recovery], webhook: $HOOK_URL, format: slack }, { on: [waiting], command: "./page-me" }]\n---\n${STEP}`,
  },
  review: {
    meaning:
      'When the page has to be read against the system again; overdue it is said by `check` and on the site.',
    value: {
      kind: 'group',
      words: {
        by: { meaning: 'The day.', value: { kind: 'text', form: 'date' }, required: true },
        owner: { meaning: 'Who does it.', value: { kind: 'text' }, default: 'the owner' },
      },
    },
    example: `---\nreview: { by: 2099-12-31, owner: Platform team }\n---\n${STEP}`,
  },
  defaults: {
    meaning: 'Annotations that hold for every step which says nothing else.',
    value: { kind: 'group', words: DEFAULTS },
    example: `---\ndefaults: { timeout: 5m, retries: 1 }\n---\n${STEP}`,
  },
} as const satisfies Words;

/** The frontmatter as it was read; durations keep their text. */
export type Frontmatter = ReadWords<typeof FRONTMATTER>;

/** A name of the table. */
export type FrontmatterName = keyof typeof FRONTMATTER;

/** Whether a word is one of the table. */
export function isFrontmatter(word: string): word is FrontmatterName {
  return Object.hasOwn(FRONTMATTER, word);
}
