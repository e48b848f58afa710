import { STATED_EFFECTS } from './effect.ts';
import type { ReadWords, Words } from './word.ts';

/**
 * Every annotation: in a fence's info string, in a `handrail:` comment, under `defaults`. Reading, hints, help,
 * completion, the JSON Schema and the documentation are derived from it. Each example is carried out by a test.
 */
export const ANNOTATIONS = {
  name: {
    meaning: 'The id of the step: stable whatever is edited around it, and short to type.',
    value: { kind: 'text' },
    own: true,
    default: 'its procedure and title',
    example: '```bash name=restart-pool\necho restarted\n```\n',
  },
  title: {
    meaning: 'What the step is called on screen and in the record.',
    value: { kind: 'text' },
    own: true,
    default: 'the sentence, item or heading above it',
    example: '```bash title="Restart the pool"\necho restarted\n```\n',
  },
  tag: {
    meaning: 'Words to select steps by (`run --tag`), split by commas.',
    value: { kind: 'text', form: 'words' },
    example: '```bash tag=weekly,disks\necho looked\n```\n',
  },
  effect: {
    meaning: 'What the step does to the world; `destroys` asks a person first.',
    value: { kind: 'choice', of: STATED_EFFECTS },
    at: ['run'],
    default: 'judged from the text',
    example: '```bash effect=reads\necho looked\n```\n',
  },
  confirm: {
    meaning:
      'A person says yes first; without one, `--approve` does. With `two`, a second person has to sign it: the run waits for `handrail approve`.',
    value: { kind: 'flag', or: ['two'] },
    at: ['run'],
    default: 'yes where the step destroys',
    example: '```bash name=fail-over confirm=false effect=destroys\necho failed over\n```\n',
  },
  unattended: {
    meaning: 'What a run without a person does with the step.',
    value: { kind: 'choice', of: ['run', 'skip', 'stop'] },
    default: '`run` for commands, `stop` for what a person does',
    example:
      '<!-- handrail: unattended=skip -->\n- [ ] Tell the owner of the dashboard\n\n```bash\necho done\n```\n',
  },
  timeout: {
    meaning: 'The longest the step may take; then all its processes are ended. `0` sets no limit.',
    value: { kind: 'duration' },
    at: ['run'],
    default: '15m without a person, none with one',
    example: '```bash timeout=30s\necho quick\n```\n',
  },
  retries: {
    meaning: 'How often the step is tried again when it fails; each attempt is recorded.',
    value: { kind: 'count' },
    at: ['run'],
    default: '0',
    example: '```bash retries=2 delay=100ms\ntest -e flag || { touch flag; false; }\n```\n',
  },
  delay: {
    meaning: 'The pause before the first new attempt.',
    value: { kind: 'duration' },
    at: ['run'],
    beside: 'retries',
    default: '1s',
    example: '```bash retries=1 delay=50ms\ntest -e again || { touch again; false; }\n```\n',
  },
  backoff: {
    meaning: 'What the pause is multiplied with before each further attempt.',
    value: { kind: 'number' },
    at: ['run'],
    beside: 'retries',
    default: '2',
    example: '```bash retries=3 delay=10ms backoff=1.5\necho steady\n```\n',
  },
  exit: {
    meaning: 'The exit codes with which the step passes.',
    value: { kind: 'codes' },
    at: ['process'],
    default: '0',
    example: '```bash exit=0,1\ngrep -q nothing /dev/null\n```\n',
  },
  until: {
    meaning:
      'Ends a command that never ends by itself, at the first line of output that is matched.',
    value: { kind: 'text', form: 'regex' },
    at: ['script'],
    example: '```bash until="ready"\necho starting; echo ready; sleep 60\n```\n',
  },
  for: {
    meaning: 'Ends a command that never ends by itself after this time; that is a success.',
    value: { kind: 'duration', some: true },
    at: ['script'],
    example: '```bash for=200ms\nsleep 60\n```\n',
  },
  verify: {
    meaning:
      'The fence is the probe of the step before it: it says whether that step is done, before it, after it and after a crash.',
    value: { kind: 'flag' },
    own: true,
    at: ['fence'],
    example:
      '```bash\ntouch deployed\n```\n\nIs it there?\n\n```bash verify\ntest -e deployed\n```\n',
  },
  'on-fail': {
    meaning:
      'What happens when the step has failed, also without a person: `rollback` carries out the rollback procedure, then the run has failed; `goto #procedure` goes on there.',
    value: { kind: 'text', form: 'on-fail' },
    at: ['doing'],
    default: '`stop`',
    example: '```bash on-fail=continue\nfalse\n```\n\n```bash\necho still here\n```\n',
  },
  'on-engine-death': {
    meaning: 'What becomes of the step’s processes when handrail itself is killed.',
    value: { kind: 'choice', of: ['kill', 'leave'] },
    at: ['process'],
    default: '`leave`',
    example: '```bash on-engine-death=kill\necho careful\n```\n',
  },
  'on-unknown': {
    meaning: 'What a resume without a person does with this step when nobody knows how it ended.',
    value: { kind: 'choice', of: ['ask', 'repeat', 'done'] },
    at: ['run'],
    default: '`ask`',
    example: '```bash on-unknown=repeat\necho safe to repeat\n```\n',
  },
  capture: {
    meaning:
      'Standard output, without its last line break, becomes this input: `{{name}}` in every later step, and `$name` in the shell.',
    value: { kind: 'text', form: 'input' },
    own: true,
    at: ['fence'],
    example:
      '```bash capture=current\necho 1.2.3\n```\n\n```bash\necho "it is {{current}}, that is $current"\n```\n',
  },
  each: {
    meaning:
      'The step is done once for each item of a list, an input or something captured: lines, words, or what stands between commas. `{{host}}`, and `$host` in the shell, is the item; each one is a step of its own in the record, and a resume goes on at the one that is open.',
    value: { kind: 'text', form: 'each' },
    at: ['doing'],
    example:
      '---\ninputs: { hosts: { default: [web1, web2] } }\n---\n\n```bash name=restart each="host in hosts"\necho "restarting {{host}}, that is $host"\n```\n',
  },
  with: {
    meaning:
      'Values for the inputs of a runbook or procedure that is linked to, one by one: `with.NAME=value`, where the value may have `{{…}}` of this page. A link within the page runs what it leads to where this is said of it.',
    value: { kind: 'map', names: 'input', of: { kind: 'text', empty: true } },
    at: ['link'],
    example:
      '---\ninputs: { database: { default: shop } }\n---\n\n# Nightly\n\n<!-- handrail: with.database=orders -->\n1. [Back up the orders](#back-up)\n\n# Back up\n\n```bash\necho "backing up {{database}}"\n```\n',
  },
  'procedure-timeout': {
    meaning:
      'The longest all steps of a procedure may take together, said in a comment before its heading; the step that is running then is ended.',
    value: { kind: 'duration', some: true },
    own: true,
    at: ['heading'],
    default: 'none',
    example: '<!-- handrail: procedure-timeout=10m -->\n# Deploy\n\n```bash\necho quick\n```\n',
  },
  host: {
    meaning:
      'The host the step’s commands run on, over the system’s own `ssh`; nothing is installed there.',
    value: { kind: 'text', form: 'host' },
    at: ['process'],
    default: 'this machine, or the hosts of the run',
    example: '```bash host=db1 unattended=skip\nuptime\n```\n\n```bash\necho here\n```\n',
  },
  in: {
    meaning:
      'The container or pod the step’s commands run in: `container:NAME`, `pod:NAMESPACE/NAME`.',
    value: { kind: 'text', form: 'place' },
    at: ['process'],
    example: '```bash in=container:web unattended=skip\nnginx -t\n```\n\n```bash\necho here\n```\n',
  },
  cwd: {
    meaning: 'The folder the step runs in, from the runbook’s own.',
    value: { kind: 'text' },
    at: ['process'],
    default: 'where the step before it ended, at first the runbook’s folder',
    example: '```bash cwd=/tmp\npwd\n```\n',
  },
  env: {
    meaning: 'Environment variables of this step, one by one: `env.NAME=value`.',
    value: { kind: 'map', names: 'env', of: { kind: 'text', empty: true } },
    at: ['process'],
    example: '```bash env.MODE=fast\necho "$MODE"\n```\n',
  },
  shell: {
    meaning: 'The shell that reads the fence.',
    value: { kind: 'text' },
    at: ['bash'],
    default: '`bash`, or what the frontmatter says',
    example: '```bash shell=sh\necho plain\n```\n',
  },
  interpreter: {
    meaning: 'The program that reads the fence as a script of its own.',
    value: { kind: 'text' },
    at: ['script'],
    example: '```bash interpreter="bash -eu"\necho strict\n```\n',
  },
  isolated: {
    meaning:
      'The step gets the exported environment alone, and leaves nothing behind in the shell.',
    value: { kind: 'flag' },
    at: ['script'],
    example: '```bash isolated\nHERE=alone; echo "$HERE"\n```\n',
  },
  connection: {
    meaning: 'Which of the frontmatter’s databases a query goes to.',
    value: { kind: 'text', form: 'connection' },
    at: ['connection'],
    default: '`default`',
    example:
      '---\nconnections: { reports: { url: $DATABASE_URL, readonly: true } }\n---\n\n```sql connection=reports\nselect 1\n```\n',
  },
  always: {
    meaning: 'The step runs at the end, also when a step before it has failed.',
    value: { kind: 'flag' },
    example: '```bash\necho work\n```\n\n```bash always\necho tidied\n```\n',
  },
  when: {
    meaning: 'The step runs only if the condition holds; see "Conditions".',
    value: { kind: 'text', form: 'condition' },
    example:
      '---\ninputs: { environment: { default: staging } }\n---\n\n```bash when="environment = production"\nfalse\n```\n\n```bash when="environment in staging, test"\necho rehearsed\n```\n',
  },
  holds: {
    meaning: 'The condition that the step stands under holds here: nobody has to be asked.',
    value: { kind: 'flag' },
    example: '# Install\n\nOn Debian:\n\n<!-- handrail: holds -->\n```bash\necho installed\n```\n',
  },
  run: {
    meaning:
      'Runs a fence that is otherwise only shown: an HTTP request, a script of another language. With `false` the fence is shown and never run.',
    value: { kind: 'flag' },
    example: '```python run interpreter=bash\necho as a script\n```\n',
  },
  infer: {
    meaning: 'Fences without a language that read as commands may run without a person.',
    value: { kind: 'flag' },
    example: '<!-- handrail: infer -->\n```\necho hello\n```\n',
  },
  ignore: {
    meaning: 'Takes the block, list or procedure out: it is shown and never run.',
    value: { kind: 'flag' },
    example: '<!-- handrail: ignore -->\n```bash\nfalse\n```\n\n```bash\necho run\n```\n',
  },
  match: {
    meaning: 'How output is compared with what is expected; see "Expected output".',
    value: { kind: 'choice', of: ['state', 'similar', 'shape', 'subset', 'exact', 'text'] },
    at: ['run', 'output'],
    default: '`state` for JSON, `text` for text',
    example:
      '```bash\necho \'{"queue":"ok","depth":7}\'\n```\n\nExpected output:\n\n```json match=subset\n{"queue":"ok"}\n```\n',
  },
  output: {
    meaning: 'The fence is the expected output of the step above it.',
    value: { kind: 'flag' },
    own: true,
    at: ['output'],
    example: '```bash\necho up\n```\n\n```text output\nup\n```\n',
  },
  allow: {
    meaning: 'Rules of `check` that are silent here, split by commas.',
    value: { kind: 'text', form: 'rules' },
    example:
      '<!-- handrail: allow=non-ascii-quote -->\n```bash\necho \u201cquoted on purpose\u201d\n```\n',
  },
  interactive: {
    meaning: 'Whether the step is given the terminal.',
    value: { kind: 'flag' },
    at: ['process'],
    default: 'judged from the commands',
    example: '```bash interactive=false\necho no terminal\n```\n',
  },
} as const satisfies Words;

/** What a runbook's author said about a step. Durations are milliseconds. */
export type Annotations = ReadWords<typeof ANNOTATIONS>;

/** A name of the table. */
export type AnnotationName = keyof typeof ANNOTATIONS;

/** Whether a word is said of one step alone. */
export function isOwn(name: AnnotationName): boolean {
  return 'own' in ANNOTATIONS[name];
}

/**
 * Whether what is said of a fence makes it a step by its author's word: not what holds for output or for what is only shown,
 * nor what is said of the page, nor a title, which other tools write over any fence.
 */
export function saysStep(said: Annotations): boolean {
  return Object.keys(said).some((word) => isAnnotation(word) && !BESIDE_STEPS.has(word));
}

const BESIDE_STEPS: ReadonlySet<AnnotationName> = new Set([
  'allow',
  'ignore',
  'infer',
  'match',
  'output',
  'title',
]);

/** Whether a word is an annotation that says something all by itself. */
export const isFlag = (word: string): boolean =>
  isAnnotation(word) && ANNOTATIONS[word].value.kind === 'flag';

/** Whether a word is one of the table. */
export function isAnnotation(word: string): word is AnnotationName {
  return Object.hasOwn(ANNOTATIONS, word);
}
