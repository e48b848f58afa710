/** What a word of another tool is to handrail. */
export interface ForeignWord {
  /** Whose word it is. */
  readonly of: string;
  /** What to write here for what it means there. */
  readonly instead: string;
  /** Without a value it may be anything. */
  readonly mild?: true;
}

/** Words of other tools that only say how a fence or page looks, or what it is called there: left in peace. */
const DISPLAY_ONLY_INFO = `
  id mimeType terminalRows closeTerminalOnSuccess openTerminalOnError transform promptEnv
  showLineNumbers showlinenumbers noLineNumbers lineNumbers numberLines linenos linenums lineno linenostart hl_lines
  hl_line anchorlinenos nowrap wrap wordWrap word-wrap copy noCopy nocopy copyable no-copy copyText linkify
  ln startFrom start-line startLine startline firstLine first_line line lines highlight highlights emphasize-lines
  emphasize_lines mark ins del add remove caption filename fileName file-name file_name theme themes live
  live-code noInline noinline render twoslash collapse collapsed collapsible expandable fold folded frame diff
  icon label lang language codeblock code-block codeCopy class className classes style group tab tabs tabName
  switcher expect dedent indent attr options meta metastring prompt_label
  eval echo fig align height width lineno-start dark light hidden hide hide_lines
  runnable editable playground no_run should_panic rust edition2021 edition2018 compile_fail reveal
  noplayground noplaypen console
  keep_crlf strip_ansi_escaping keep_ansi_escaping
`;

/** Fields of the frontmatter of documentation tools. */
const DISPLAY_ONLY_FRONTMATTER = `
  layout date draft weight slug permalink url type id lang locale language author authors categories category keywords
  toc template sidebar sidebar_label sidebar_position sidebar_class_name sidebar_custom_props pagination_label
  pagination_next pagination_prev displayed_sidebar hide_title hide_table_of_contents toc_min_heading_level
  toc_max_heading_level custom_edit_url image last_update unlisted parse_number_prefixes linkTitle link_title menu
  menus summary lastmod publishDate publishdate expiryDate expirydate resources headless cascade outputs params
  build isCJKLanguage markup redirects redirect redirect_from redirect_to published excerpt excerpt_separator nav_order nav_exclude
  parent grand_parent has_children has_toc search_exclude last_modified_date hide status revision_date created
  created_at updated updated_at modified reviewed version versions search comments subtitle short_title shortTitle
  intro product topics miniTocMaxHeadingLevel allowTitleToDifferFromFilename contributors editLink lastUpdated
  outline navbar aside footer pageClass head hero features next prev cssclass cssclasses publish
  uid robots canonical canonical_url og_title og_description cover thumbnail runme terminalRows
  ms.date ms.topic ms.author ms.service ms.custom ms.reviewer ms.subservice manager services documentationcenter
  stage group info tier name about labels assignees assignee jupyter kernelspec jupytext myst orphan html_theme format_docs site
  hide_description series series_order tocopen showToc TocOpen math mermaid toc_hide no_list simple_list
  content_type feature_state reviewers approvers_docs api_metadata full_link description_html
`;

/** Words that mean something elsewhere and change what happens: a run may not pass them over. */
const MEANINGFUL: Readonly<Record<string, ForeignWord>> = {
  if: { of: 'GitHub Actions, Azure Pipelines', instead: '`when="input = value"`' },
  unless: { of: 'other runners', instead: '`when="not (input = value)"`' },
  condition: { of: 'Azure Pipelines', instead: '`when="input = value"`' },
  only: { of: 'GitLab CI', instead: '`when="input = value"`' },
  except: { of: 'GitLab CI', instead: '`when="not (input = value)"`' },
  rules: { of: 'GitLab CI', instead: '`when="input = value"`' },
  target: { of: 'other remote runners', instead: '`host=`' },
  server: { of: 'other remote runners', instead: '`host=`' },
  remote: { of: 'other remote runners', instead: '`host=`' },
  container: { of: 'GitHub Actions', instead: '`docker exec …` in the command itself' },
  image: { of: 'GitLab CI', instead: '`docker run …` in the command itself' },
  user: { of: 'Ansible', instead: '`sudo -n -u …` in the command itself' },
  become: { of: 'Ansible', instead: '`sudo -n …` in the command itself' },
  sudo: { of: 'Ansible', instead: '`sudo -n …` in the command itself' },
  retry: { of: 'GitLab CI', instead: '`retries=3`' },
  attempts: { of: 'other runners', instead: '`retries=3`' },
  'retry-delay': { of: 'other runners', instead: '`delay=5s`' },
  retryDelay: { of: 'other runners', instead: '`delay=5s`' },
  interval: { of: 'other runners', instead: '`delay=5s`' },
  'continue-on-error': { of: 'GitHub Actions', instead: '`on-fail=continue`' },
  continueOnError: { of: 'Azure Pipelines', instead: '`on-fail=continue`' },
  continue_on_error: { of: 'other runners', instead: '`on-fail=continue`' },
  'allow-failure': { of: 'GitLab CI', instead: '`on-fail=continue`' },
  allow_failure: { of: 'GitLab CI', instead: '`on-fail=continue`' },
  allowFailure: { of: 'other runners', instead: '`on-fail=continue`' },
  ignore_errors: { of: 'Ansible', instead: '`on-fail=continue`' },
  'ignore-errors': { of: 'Ansible', instead: '`on-fail=continue`' },
  'on-error': { of: 'other runners', instead: '`on-fail=continue`' },
  onError: { of: 'other runners', instead: '`on-fail=continue`' },
  onfail: { of: 'other runners', instead: '`on-fail=continue`' },
  'on-failure': { of: 'other runners', instead: '`on-fail=continue`' },
  failure: { of: 'other runners', instead: '`on-fail=continue`' },
  'must-fail': { of: 'other runners', instead: '`exit=1`' },
  'expect-exit': { of: 'other runners', instead: '`exit=1`' },
  'exit-code': { of: 'other runners', instead: '`exit=1`' },
  exitcode: { of: 'other runners', instead: '`exit=1`' },
  exitCode: { of: 'other runners', instead: '`exit=1`' },
  'timeout-minutes': { of: 'GitHub Actions', instead: '`timeout=10m`' },
  timeoutInMinutes: { of: 'Azure Pipelines', instead: '`timeout=10m`' },
  'timeout-seconds': { of: 'other runners', instead: '`timeout=30s`' },
  deadline: { of: 'other runners', instead: '`timeout=30s`' },
  'working-directory': { of: 'GitHub Actions', instead: '`cwd=folder`' },
  workingDirectory: { of: 'Azure Pipelines', instead: '`cwd=folder`' },
  workdir: { of: 'other runners', instead: '`cwd=folder`' },
  dir: { of: 'other runners', instead: '`cwd=folder`' },
  directory: { of: 'other runners', instead: '`cwd=folder`' },
  chdir: { of: 'Ansible', instead: '`cwd=folder`' },
  register: { of: 'Ansible', instead: '`capture=name`' },
  save: { of: 'other runners', instead: '`capture=name`' },
  store: { of: 'other runners', instead: '`capture=name`' },
  export: { of: 'other runners', instead: '`capture=name`' },
  stdout: { of: 'other runners', instead: '`capture=name`' },
  result: { of: 'other runners', instead: '`capture=name`' },
  as: { of: 'other runners', instead: '`capture=name`' },
  outputs: { of: 'other runners', instead: '`capture=name`' },
  creates: { of: 'Ansible', instead: 'a fence with `verify` behind the step' },
  removes: { of: 'Ansible', instead: 'a fence with `verify` behind the step' },
  changed_when: { of: 'Ansible', instead: 'a fence with `verify` behind the step' },
  failed_when: { of: 'Ansible', instead: '`exit=0,3`, or the expected output behind the step' },
  idempotent: { of: 'other runners', instead: '`on-unknown=repeat`' },
  needs: { of: 'GitHub Actions', instead: 'the steps in the order in which they run' },
  'depends-on': { of: 'other runners', instead: 'the steps in the order in which they run' },
  depends_on: { of: 'other runners', instead: 'the steps in the order in which they run' },
  dependsOn: { of: 'Azure Pipelines', instead: 'the steps in the order in which they run' },
  after: { of: 'other runners', instead: 'the steps in the order in which they run' },
  before: { of: 'other runners', instead: 'the steps in the order in which they run' },
  requires: { of: 'other runners', instead: '`requires:` in the frontmatter' },
  approvers: { of: 'other runners', instead: '`confirm`' },
  approver: { of: 'other runners', instead: '`confirm`' },
  approve: { of: 'other runners', instead: '`confirm`' },
  approval: { of: 'other runners', instead: '`confirm`' },
  approvals: { of: 'other runners', instead: '`confirm`' },
  'manual-approval': { of: 'other runners', instead: '`confirm`' },
  ask: { of: 'other runners', instead: '`confirm`' },
  prompt: { of: 'other runners', instead: '`confirm`, or an input that is asked for' },
  dangerous: { of: 'other runners', instead: '`effect=destroys`' },
  destructive: { of: 'other runners', instead: '`effect=destroys`' },
  readonly: { of: 'other runners', instead: '`effect=reads`' },
  'read-only': { of: 'other runners', instead: '`effect=reads`' },
  environment: { of: 'GitHub Actions, GitLab CI', instead: '`when="environment = production"`' },
  parallel: { of: 'other runners', instead: 'one step behind the other' },
  detached: { of: 'scrut', instead: '`until="regex"` or `for=30s`, or `&` in the command' },
  detached_kill_signal: { of: 'scrut', instead: '`kill` in the command itself' },
  output_stream: { of: 'scrut', instead: '`2>&1` or `2>/dev/null` in the command itself' },
  skip_document_code: { of: 'scrut', instead: '`when="input = value"`' },
  fail_fast: { of: 'scrut', instead: '`on-fail=stop`' },
  wait: { of: 'scrut', instead: '`sleep` in the command itself, or `retries=3`' },
  append: { of: 'scrut', instead: 'a list item that is only a link to the other page' },
  prepend: { of: 'scrut', instead: 'a list item that is only a link to the other page' },
  total_timeout: { of: 'scrut', instead: '`timeout:` in the frontmatter' },
  background: { of: 'Runme', instead: '`until="regex"` or `for=30s`, or `&` in the command' },
  daemon: { of: 'other runners', instead: '`until="regex"` or `for=30s`' },
  loop: { of: 'Ansible', instead: '`each="name in names"`, or a loop in the command itself' },
  with_items: { of: 'Ansible', instead: '`each="name in names"`, or a loop in the command itself' },
  foreach: {
    of: 'other runners',
    instead: '`each="name in names"`, or a loop in the command itself',
  },
  'for-each': {
    of: 'other runners',
    instead: '`each="name in names"`, or a loop in the command itself',
  },
  matrix: {
    of: 'GitHub Actions',
    instead: '`each="name in names"`, or a loop in the command itself',
  },
  delegate_to: { of: 'Ansible', instead: 'what it runs there in the command itself' },
  run_once: { of: 'Ansible', instead: 'a condition (`when=`)' },
  cleanup: { of: 'other runners', instead: '`always`' },
  finally: { of: 'other runners', instead: '`always`' },
  rollback: { of: 'other runners', instead: 'a procedure with the heading "Rollback"' },
  skip: { of: 'other runners', instead: '`ignore`, `when=` or `unattended=skip`' },
  disabled: { of: 'other runners', instead: '`ignore`' },
  norun: { of: 'other runners', instead: '`ignore`' },
  'no-run': { of: 'other runners', instead: '`ignore`' },
  no_exec: { of: 'other runners', instead: '`ignore`' },
  noexec: { of: 'other runners', instead: '`ignore`' },
  exclude: { of: 'other runners', instead: '`ignore`' },
  database: { of: 'other runners', instead: '`connection=name`' },
  db: { of: 'other runners', instead: '`connection=name`' },
  transaction: { of: 'other runners', instead: '`begin` and `commit` in the query' },
  capture_output: { of: 'other runners', instead: '`capture=name`' },
  vars: { of: 'Ansible', instead: '`env.NAME=value`' },
  secrets: { of: 'GitHub Actions', instead: 'an input with `secret: true`' },
  tags: { of: 'Ansible', instead: '`tag=weekly,disks`' },
  minutes: { of: 'a duration', instead: 'the value without a blank: `timeout=5m`' },
  minute: { of: 'a duration', instead: 'the value without a blank: `timeout=1m`' },
  min: { of: 'a duration', instead: 'the value without a blank: `timeout=5m`' },
  seconds: { of: 'a duration', instead: 'the value without a blank: `timeout=30s`' },
  sec: { of: 'a duration', instead: 'the value without a blank: `timeout=30s`' },
  hours: { of: 'a duration', instead: 'the value without a blank: `timeout=2h`' },
  hour: { of: 'a duration', instead: 'the value without a blank: `timeout=1h`' },
  'max-attempts': { of: 'other runners', instead: '`retries=3`' },
  'retry-count': { of: 'other runners', instead: '`retries=3`' },
};

/** Words that mean something elsewhere where they have a value; alone they may be anything. */
const MILD: Readonly<Record<string, ForeignWord>> = {
  sleep: { of: 'other runners', instead: '`sleep 30` in the command itself' },
  wait: { of: 'other runners', instead: '`sleep 30` in the command itself' },
  pause: { of: 'Ansible', instead: '`confirm`, or a `- [ ]` item that a person ticks' },
  poll: { of: 'Ansible', instead: '`retries=10 delay=5s`' },
  times: { of: 'other runners', instead: '`retries=3`' },
  repeat: { of: 'other runners', instead: '`retries=3`, or `each="name in names"`' },
  jitter: { of: 'other runners', instead: '`delay=5s backoff=2`' },
  async: { of: 'Ansible', instead: '`until="regex"` or `for=30s`, or `&` in the command' },
  detach: { of: 'other runners', instead: '`until="regex"` or `for=30s`, or `&` in the command' },
  danger: { of: 'other runners', instead: '`effect=destroys`' },
  risk: { of: 'other runners', instead: '`effect=destroys`' },
  manual: { of: 'GitLab CI', instead: 'a `- [ ]` item, or `confirm`' },
  tty: { of: 'other runners', instead: '`interactive`' },
  stdin: { of: 'other runners', instead: 'a here-document in the command itself' },
  input: {
    of: 'other runners',
    instead: '`{{name}}`, declared under `inputs:` in the frontmatter',
  },
  inputs: {
    of: 'other runners',
    instead: '`{{name}}`, declared under `inputs:` in the frontmatter',
  },
  args: { of: 'other runners', instead: 'them in the command itself' },
  cmd: { of: 'other runners', instead: 'it in the fence itself' },
  command: { of: 'other runners', instead: 'it in the fence itself' },
  script: { of: 'GitLab CI', instead: 'it in the fence itself' },
  notify: { of: 'Ansible', instead: '`notify:` in the frontmatter' },
  severity: { of: 'other runners', instead: '`severity:` in the frontmatter' },
  owner: { of: 'other runners', instead: '`owner:` in the frontmatter' },
  priority: { of: 'other runners', instead: 'the steps in the order in which they run' },
  order: { of: 'other runners', instead: 'the steps in the order in which they run' },
  stage: { of: 'GitLab CI', instead: 'a heading above the step' },
  undo: { of: 'other runners', instead: 'a procedure with the heading "Rollback"' },
  'on-success': { of: 'other runners', instead: 'the step behind this one' },
  enabled: { of: 'other runners', instead: '`ignore`, or `when="input = value"`' },
  platform: { of: 'other runners', instead: '`when="platform = linux"`' },
  os: { of: 'other runners', instead: '`when="os = linux"`' },
  arch: { of: 'other runners', instead: '`when="arch = arm64"`' },
  machine: { of: 'other remote runners', instead: '`host=`' },
  node: { of: 'other remote runners', instead: '`host=`' },
  hostname: { of: 'other remote runners', instead: '`host=`' },
  on: { of: 'other remote runners', instead: '`host=`' },
  ssh: { of: 'other remote runners', instead: '`host=`' },
  pod: { of: 'other runners', instead: '`in=pod:NAMESPACE/NAME`' },
  docker: { of: 'other runners', instead: '`in=container:NAME`' },
  namespace: { of: 'other runners', instead: '`in=pod:NAMESPACE/NAME`' },
  expect: { of: 'other runners', instead: 'a fence below "Expected output:"' },
  expected: { of: 'other runners', instead: 'a fence below "Expected output:"' },
  'expect-output': { of: 'other runners', instead: 'a fence below "Expected output:"' },
  'expect-stdout': { of: 'other runners', instead: 'a fence below "Expected output:"' },
  stderr: { of: 'other runners', instead: '`2>&1` in the command itself' },
  rc: { of: 'Ansible', instead: '`exit=1`' },
  code: { of: 'other runners', instead: '`exit=1`' },
  status: { of: 'other runners', instead: '`exit=1`' },
  dryrun: { of: 'other runners', instead: '`handrail run --dry-run` at the terminal' },
  check: { of: 'other runners', instead: '`verify`' },
  test: { of: 'other runners', instead: '`verify`' },
  probe: { of: 'other runners', instead: '`verify`' },
  silent: { of: 'Task', instead: '`x-silent`, which means nothing' },
  quiet: { of: 'other runners', instead: '`x-quiet`, which means nothing' },
  'no-log': { of: 'Ansible', instead: 'an input with `secret: true`' },
  secret: { of: 'other runners', instead: 'an input with `secret: true`' },
  sensitive: { of: 'Terraform', instead: 'an input with `secret: true`' },
  mask: { of: 'other runners', instead: 'an input with `secret: true`' },
  var: { of: 'other runners', instead: '`env.NAME=value`, or `capture=name`' },
  variable: { of: 'other runners', instead: '`env.NAME=value`, or `capture=name`' },
  env: { of: 'other runners', instead: '`env.NAME=value`, one by one' },
};

/** Fields of other tools' files that change what happens, and what says it in a runbook's frontmatter. */
const MEANINGFUL_FIELDS: Readonly<Record<string, string>> = {
  skipPrompts:
    'a `default` for what is to be taken without asking: `inputs: { name: { default: value } }`',
  sudo: '`sudo -n …` in the commands themselves',
  become: '`sudo -n …` in the commands themselves',
  user: '`sudo -n -u …` in the commands themselves',
  'run-as': '`sudo -n -u …` in the commands themselves',
  needs: 'a link to the other runbook as the first item',
  'depends-on': 'a link to the other runbook as the first item',
  dependencies: '`requires: { commands: [jq] }`, or a link to the other runbook as the first item',
  prerequisites: '`requires: { commands: [jq] }`',
  tools: '`requires: { commands: [jq] }`',
  commands: '`requires: { commands: [jq] }`',
  packages: '`requires: { commands: [jq] }`',
  retry: '`defaults: { retries: 3 }`',
  'on-error': '`defaults: { on-fail: continue }`',
  'on-failure': '`defaults: { on-fail: continue }`',
  'continue-on-error': '`defaults: { on-fail: continue }`',
  vars: '`inputs: { name: { default: value } }`',
  variables: '`inputs: { name: { default: value } }`',
  parameters: '`inputs: { name: { default: value } }`',
  args: '`inputs: { name: { default: value } }`',
  arguments: '`inputs: { name: { default: value } }`',
  values: '`inputs: { name: { default: value } }`',
  secrets: '`inputs: { name: { secret: true, env: NAME } }`',
  secret: '`inputs: { name: { secret: true, env: NAME } }`',
  servers: '`hosts: [web1, web2]`',
  targets: '`hosts: [web1, web2]`',
  inventory: '`hosts: [web1, web2]`',
  'runs-on': '`hosts: [web1, web2]`',
  cron: '`schedule: [{ cron: "0 2 * * *" }]`',
  on: '`schedule: [{ cron: "0 2 * * *" }]`, or `on-alert: [procedure]`',
  trigger: '`schedule: [{ cron: "0 2 * * *" }]`, or `on-alert: [procedure]`',
  triggers: '`schedule: [{ cron: "0 2 * * *" }]`, or `on-alert: [procedure]`',
  if: '`when="input = value"` on a step',
  condition: '`when="input = value"` on a step',
  'working-dir': '`defaults: { cwd: folder }`',
  'working-directory': '`defaults: { cwd: folder }`',
  workdir: '`defaults: { cwd: folder }`',
  'max-duration': '`timeout: 30m`',
  deadline: '`timeout: 30m`',
  notifications: '`notify: [{ on: [failure], command: … }]`',
  alert: '`notify: [{ on: [failure], command: … }]`',
  slack: '`notify: [{ on: [failure], webhook: …, format: slack }]`',
  email: '`notify: [{ on: [failure], command: … }]`',
  webhook: '`notify: [{ on: [failure], webhook: … }]`',
  approvers: '`defaults: { confirm: two }`, or `confirm=two` on a step',
  approval: '`defaults: { confirm: two }`, or `confirm=two` on a step',
  approvals: '`defaults: { confirm: two }`, or `confirm=two` on a step',
  'dry-run': '`handrail run --dry-run` at the terminal',
  database: '`connections: { default: { url: $DATABASE_URL } }`',
  databases: '`connections: { default: { url: $DATABASE_URL } }`',
  db: '`connections: { default: { url: $DATABASE_URL } }`',
  concurrency: '`lock: { name: deploy, policy: wait }`',
  parallel: '`lock: { name: deploy, policy: wait }`, or `run --on a,b --parallel 2`',
  strict: '`shell: { nounset: true }`',
  rollback: 'a procedure with the heading "Rollback"',
  cleanup: 'a procedure with the heading "Cleanup"',
  steps: 'the steps on the page',
  jobs: 'headings with steps on the page',
  tasks: 'headings with steps on the page',
  'last-review': '`review: { by: 2027-03-31 }`',
  'last-reviewed': '`review: { by: 2027-03-31 }`',
  'review-by': '`review: { by: 2027-03-31 }`',
  'next-review': '`review: { by: 2027-03-31 }`',
  expires: '`review: { by: 2027-03-31 }`',
  each: '`each="name in names"` on a step',
  environment: '`environments: { production: { values: { … } } }`',
  team: '`owner: Platform team`',
  contact: '`owner: Platform team`',
};

/** What fields of an input, a schedule or a test are called elsewhere, and here. */
const SAME_FIELDS: Readonly<Record<string, string>> = {
  options: 'choices',
  enum: 'choices',
  values: 'choices',
  allowed: 'choices',
  oneof: 'choices',
  regex: 'pattern',
  regexp: 'pattern',
  match: 'pattern',
  validate: 'pattern',
  sensitive: 'secret',
  hidden: 'secret',
  masked: 'secret',
  prompt: 'description',
  help: 'description',
  label: 'description',
  title: 'description',
  value: 'default',
  optional: 'required',
  mandatory: 'required',
  from: 'env',
  when: 'cron',
  at: 'cron',
  tz: 'timezone',
  events: 'on',
  argv: 'args',
  stdout: 'output',
  stderr: 'error',
  code: 'exit',
};

const PEACEFUL_INFO: ReadonlySet<string> = new Set(DISPLAY_ONLY_INFO.split(/\s+/));
const PEACEFUL_FRONTMATTER: ReadonlySet<string> = new Set(DISPLAY_ONLY_FRONTMATTER.split(/\s+/));

/** Whether a word of a fence's info string only says how another tool shows it. */
export function isDisplayOnly(word: string): boolean {
  return word.startsWith('x-') || word.startsWith('data-') || PEACEFUL_INFO.has(word);
}

/** Whether a field of the frontmatter is one of a documentation tool. */
export function isPageField(word: string): boolean {
  return word.startsWith('x-') || PEACEFUL_FRONTMATTER.has(word);
}

/** `on_error`, `onError` and `ON-ERROR` are one word. */
export function squashed(word: string): string {
  return word.replace(/[-_. ]/g, '').toLowerCase();
}

const bySquashed = <Of>(table: Readonly<Record<string, Of>>): ReadonlyMap<string, Of> =>
  new Map(Object.entries(table).map(([word, of]) => [squashed(word), of]));

const WORDS = bySquashed(MEANINGFUL);
const MILD_WORDS = bySquashed(MILD);
const FIELDS = bySquashed(MEANINGFUL_FIELDS);
const SAME = bySquashed(SAME_FIELDS);

/** What a word means elsewhere that changes what happens, however it is spelt; `undefined` when nothing is known of it. */
export function foreignWord(word: string): ForeignWord | undefined {
  const meaningful = WORDS.get(squashed(word));
  if (meaningful !== undefined) return meaningful;
  const mild = MILD_WORDS.get(squashed(word));
  return mild === undefined ? undefined : { ...mild, mild: true };
}

/** What says here what a frontmatter field says elsewhere; `undefined` when nothing is known of it. */
export function foreignField(word: string): string | undefined {
  return FIELDS.get(squashed(word));
}

/** The name here of a field below an input, a schedule or a test that has another elsewhere. */
export function sameField(word: string, known: readonly string[]): string | undefined {
  const same = SAME.get(squashed(word));
  return same !== undefined && known.includes(same) ? same : undefined;
}

/**
 * The name of a list that a word is a spelling of (`timeOut`), or that is a part of it (`timeout_seconds`). Short names are
 * part of too many words.
 */
export function namedWithin(word: string, names: readonly string[]): string | undefined {
  const whole = names.find((name) => squashed(name) === squashed(word));
  if (whole !== undefined) return whole;
  const parts = word
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_.]/);
  const part = names.find(
    (name) => name.length >= 4 && !/^(?:title|name)$/.test(name) && parts.includes(name),
  );
  return part ?? names.find((name) => name.length >= 5 && parts.includes(`${name}s`));
}
