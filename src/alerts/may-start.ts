import type { Effect } from '../engine/model/effect.ts';
import type { Plan } from '../engine/model/plan.ts';
import type { Procedure, Step } from '../engine/model/runbook.ts';
import type { ShellCommand } from '../engine/model/shell-facts.ts';
import { chainOf, whetherWords } from '../engine/model/step-condition.ts';
import { mayFollow } from '../engine/planning/may-follow.ts';
import {
  addressesIn,
  carriesOutInput,
  type GivenWords,
  hostsIn,
  isOwnScript,
  layersOf,
  maySteer,
  UNSEEN,
} from '../engine/programs/layers.ts';
import type { Feed } from '../engine/programs/program.ts';
import { isBashVariable } from '../engine/shell/bash-variables.ts';
import type { WalkedScript } from '../engine/shell/walk.ts';
import type { FileWrite } from '../engine/shell/walk-script.ts';

/**
 * Why an alert may not start this plan by itself, as the end of the sentence "It is not started: …"; `undefined` when
 * it may. The runbook has to say `on-alert` for what was picked, and every step of it has to read only, by itself.
 */
export function whyNotOnAlert(plan: Plan): string | undefined {
  const { runbook, procedures } = plan;
  const said = runbook.frontmatter['on-alert'] ?? [];
  const isSaid = ({ id, title }: Procedure): boolean => said.includes(id) || said.includes(title);
  const unsaid = procedures.find((one) => !isSaid(one));
  // An alert that leads to a page asks for all that stands under its title.
  const isAllSaid = said.includes('all') || headingsOverAll(runbook).some(isSaid);
  if (procedures.length === 0 ? !isAllSaid : unsaid !== undefined && !said.includes('all'))
    return `the frontmatter does not say \`on-alert: [${unsaid?.id ?? 'all'}]\``;
  const asked = Object.entries(runbook.frontmatter.inputs ?? {}).find(
    ([name, input]) => input?.command !== undefined && plan.request.inputs[name] === undefined,
  );
  if (asked !== undefined) return `a command gives the value of \`${asked[0]}\``;
  // Whoever sets labels would choose an option of a command that was judged without it: `-delete`, `-o FILE`.
  const option = Object.entries(plan.request.inputs).find(([, value]) => /^[-+]/.test(value));
  if (option !== undefined)
    return `the value of \`${option[0]}\` begins as an option does, and a command could take it for one`;
  const long = Object.entries(plan.request.inputs).find(
    ([, value]) => Buffer.byteLength(value) >= MOST_OF_A_WORD,
  );
  if (long !== undefined)
    return `the value of \`${long[0]}\` is longer than the 128 KiB that a command takes as one word`;
  for (const planned of plan.steps) {
    const { step, by, needsApproval, needsSecond, condition, probe } = planned;
    const where = `line ${step.line}`;
    if (by === 'person') return `a person carries out ${where}`;
    for (const { effect, against } of probe === null ? [step] : [step, probe]) {
      if (effect !== 'none' && effect !== 'reads') return `${where} does more than read`;
      if (against !== undefined)
        return `${where} is said to read only, and ${against}: no alert starts it by that word`;
    }
    if (needsApproval || needsSecond === true) return `${where} needs somebody's yes`;
    if (step.inferred || step.doubtful !== undefined) return `${where} may be no command at all`;
    const open = [condition, ...step.parts.map((part) => part.condition)]
      .flatMap(chainOf)
      .find(({ id }) => !plan.decisions.some((decided) => decided.condition === id));
    if (open !== undefined) return `nobody has said ${whetherWords(open)}`;
  }
  return whyNotAfter(plan);
}

/** Headings that every step of a runbook stands under. */
function headingsOverAll({ procedures, steps }: Plan['runbook']): readonly Procedure[] {
  return procedures.filter(({ line, endLine }) =>
    steps.every((step) => line <= step.line && step.line <= endLine),
  );
}

/** Linux takes no longer word of a command, its end included. */
const MOST_OF_A_WORD = 128 * 1024;

/**
 * Why the values that labels give keep this plan from being started, in the same words: with them filled in, its
 * commands are judged once more (`date {{when}}` reads, and sets the clock by the value `010203042026`).
 */
export async function whyNotAsFilled(
  plan: Plan,
  environment: readonly string[],
): Promise<string | undefined> {
  const given = Object.entries(plan.request.inputs);
  const [
    { asDeclared, tryResolve },
    { shellFacts },
    { judgeSetting },
    { walkScript },
    { shellGrammar },
  ] = await Promise.all([
    import('../engine/resolve.ts'),
    import('../engine/shell/facts.ts'),
    import('../engine/shell/judge-around.ts'),
    import('../engine/shell/walk.ts'),
    import('../engine/shell/grammar.ts'),
  ]);
  const reader: Shell = {
    read: shellFacts,
    walk: (text) => walkScript(shellGrammar, shellGrammar.parse(text), text, text),
  };
  const values = new Map(
    given.map(([name, value]) => [name, { name, value, secret: false, source: '--input' }]),
  );
  const named = (step: Step): Step => ({
    ...step,
    text: asDeclared(step.text, step.traits.quoting, values),
  });
  const all = plan.steps
    .flatMap(({ step, probe }) => (probe === null ? [step] : [step, probe]))
    .map(named);
  const shells = [...all, ...mayFollow(plan).map(named)].filter(({ shell }) => shell !== undefined);
  const held = heldBy(shells, plan, environment);
  const worded = all.find((step) => isWorded(step, held));
  if (worded !== undefined)
    return `line ${worded.line} lets what the labels give stand in its annotations`;
  const sent = all.find(
    (step) => step.traits.quoting === 'http' && isSentElsewhere(step.text, held),
  );
  if (sent !== undefined) return `line ${sent.line} is sent to a host that the labels give`;
  const counting = shells.find(({ text }) => countsWith(text, plan.request.inputs));
  if (counting !== undefined)
    return `line ${counting.line} counts with variables, and what the labels give is no number`;
  for (const { annotations, shell, text, line } of shells) {
    const chosen = whatChooses(text, shell?.assigns ?? [], annotations.env, judgeSetting);
    if (chosen !== undefined) return `line ${line} ${chosen}`;
    if (given.length === 0) continue;
    const { text: filled, problems } = tryResolve(asInputs(text, held.same), 'shell', values);
    const [unsafe] = problems;
    if (unsafe !== undefined)
      return `line ${line} hands on what the labels give, which ${unsafe.why}`;
    const [before, after] = [shellFacts(text), shellFacts(filled)];
    if (!isReading(after.effect) && after.effect !== before.effect)
      return `line ${line} does more than read with what the labels give it`;
    const bent = bentBy(text, held, reader);
    if (bent !== undefined) return `line ${line} ${bent}`;
  }
  return undefined;
}

const isReading = (effect: Effect): boolean => effect === 'none' || effect === 'reads';

/** How a script has other programs found than its commands name; nobody has judged those. */
function whatChooses(
  text: string,
  assigns: readonly string[],
  env: Readonly<Record<string, string>> = {},
  judge: (name: string, value: string) => { readonly effect: Effect },
): string | undefined {
  const written = [...text.matchAll(ASSIGNED)].map(([, name = '', value = '']) => ({
    name,
    value,
  }));
  const others = assigns
    .filter((name) => !written.some((one) => one.name === name))
    .map((name) => ({ name, value: '?' }));
  const said = Object.entries(env).map(([name, value]) => ({ name, value }));
  const found = [...written, ...others, ...said].find(
    // Words are split by it, and what labels give is looked at wherever it is split.
    ({ name, value }) => name !== 'IFS' && !isReading(judge(name, value).effect),
  );
  if (found !== undefined) return `sets \`${found.name}\`, which chooses what its commands run`;
  if (/\/dev\/(?:tcp|udp)\//.test(text) && />&\s?["']?[3-9{$]/.test(text))
    return 'sends to another machine';
  if (/\s-[\w-]{0,60}\{[^\s{}'"]{0,60},/.test(text)) return 'puts an option together in braces';
  const unseen = UNSEEN_NAME.exec(text)?.[0].trim();
  return unseen === undefined
    ? undefined
    : `sets a variable whose name is known only while it runs (\`${unseen}\`)`;
}

const ASSIGNED = /\b([A-Za-z_]\w{0,99})\+?=("[^"]{0,999}"|'[^']{0,999}'|\(|[^\s;&|()]{0,999})/g;
/** `declare -n q=PATH`, `printf -v "$v"`, `read "$v"`. */
const UNSEEN_NAME =
  /\b(?:declare|typeset|local) -[A-Za-z]{0,9}n[^\n;]{0,80}|\b(?:printf -v|read|export|readonly|declare|typeset|local|mapfile|readarray|getopts \S{1,40})(?: -[a-z]{1,9}){0,4} ["']?\$[^\n;]{0,80}/;

/** What variables of the steps hold of what labels give. */
interface Held {
  /** The value of a label and nothing else, by the name of the input. */
  readonly same: ReadonlyMap<string, string>;
  /** The words of variables that hold nothing else. */
  readonly plain: ReadonlyMap<string, string>;
  /** Whether a variable may hold something made of it. */
  readonly isMade: (name: string) => boolean;
  /** What steps print, and `{{name}}` gives. */
  readonly captured: ReadonlySet<string>;
  readonly inputs: Readonly<Record<string, string>>;
  /** Inputs whose author says which values fit, by choices or a pattern. */
  readonly said: ReadonlySet<string>;
  /** A step says where words are split. */
  readonly splits: boolean;
  /** What programs find without being told: names of the environment, and those that bash itself heeds. */
  readonly isHeeded: (name: string) => boolean;
}

/** Where, how and with what a step is carried out is its author's to say. */
const isWorded = ({ annotations }: Step, held: Held): boolean =>
  Object.entries(annotations).some(
    ([name, value]) => !COMPARES.has(name) && holdsLabel(JSON.stringify(value), held),
  );

const COMPARES: ReadonlySet<string> = new Set(['title', 'when', 'holds', 'output']);

/**
 * `x={{pod}}` holds the same; whatever else the steps set may be made of it, but for plain words. What they only use
 * comes from the environment, and no label gives that.
 */
function heldBy(
  steps: readonly Step[],
  { runbook: { frontmatter, steps: any }, request: { inputs } }: Plan,
  environment: readonly string[],
): Held {
  const texts = steps.map(({ text }) => text);
  const all = texts.join('\n');
  const set = new Map<string, string[]>();
  for (const [, name = '', value = ''] of all.matchAll(ASSIGNED))
    set.set(name, [...(set.get(name) ?? []), value]);
  const named = new Set(
    [...all.matchAll(/(?<![\w$])(?<!\$\{[!#]?)([A-Za-z_]\w{0,99})/g)].map(([, name = '']) => name),
  );
  const same = new Map(Object.keys(inputs).map((name) => [name, name]));
  const plain = new Map<string, string>();
  for (const [name, values] of set) {
    const [input] = values.map((value) => /^(["']?)\{\{([\w.-]{1,128})\}\}\1$/.exec(value)?.[2]);
    const isAlone = onlyAssigned(name, all, values.length);
    if (isAlone && input !== undefined && input in inputs && new Set(values).size === 1)
      same.set(name, input);
    else if (isAlone && values.every((value) => /^["']?[\w./:]*["']?$/.test(value)))
      plain.set(name, values.length === 1 ? (values[0] ?? '') : `\${${name}}`);
    else same.delete(name);
  }
  const captured = new Set(any.flatMap(({ annotations: { capture } }) => capture ?? []));
  const isMade = (name: string): boolean =>
    !same.has(name) &&
    !plain.has(name) &&
    (named.has(name) ||
      captured.has(name) ||
      !/^[A-Z][A-Z_0-9]*$/i.test(name) ||
      /^(?:_|REPLY|MAPFILE|OPTARG|BASH_\w+|COPROC)$/.test(name));
  const isHeeded = (name: string): boolean => environment.includes(name) || isBashVariable(name);
  const splits = /\bIFS\b/.test(all);
  const said = new Set(
    Object.entries(frontmatter.inputs ?? {}).flatMap(([name, input]) =>
      input?.pattern === undefined && input?.choices === undefined ? [] : [name],
    ),
  );
  return { same, plain, isMade, captured, inputs, said, splits, isHeeded };
}

/** `read x`, `for x in …` and the like set it as well. */
function onlyAssigned(name: string, text: string, times: number): boolean {
  const bare = new RegExp(`(?<![\\w$.-])(?<!\\$\\{[!#]?|\\{\\{)${name}(?!\\w)`, 'g');
  return [...text.matchAll(bare)].length === times;
}

/** The variables that hold what a label gives, spelled as its input. */
function asInputs(text: string, same: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:\{([A-Za-z_]\w{0,99})\}|([A-Za-z_]\w{0,99}))/g,
    (found, braced, bare) => {
      const input = same.get(braced ?? bare);
      return input === undefined ? found : `{{${input}}}`;
    },
  );
}

type ReadFacts = (
  text: string,
) => Pick<NonNullable<Step['shell']>, 'commands' | 'effect' | 'sessions'>;

/** How scripts are read: what they do, and what goes in and out of their commands. */
interface Shell {
  readonly read: ReadFacts;
  readonly walk: (text: string) => WalkedScript;
}

/** How a command could take what is made of a label for an option, or for code. */
function bentBy(text: string, held: Held, shell: Shell): string | undefined {
  const { read } = shell;
  const walked = shell.walk(asSpelled(text, held));
  const { fed, writes } = walked;
  const set = setsWhat(walked, text, held);
  if (set !== undefined) return `lets what the labels give set \`${set}\``;
  const steered = steeredBy(walked, text, held, read);
  if (steered !== undefined)
    return `lets what the labels give choose what \`${steered.name}\` does (\`${[steered.name, ...steered.args].join(' ').slice(0, 80)}\`)`;
  const write = writes.find(({ file }) => usesAny(file, held));
  if (write !== undefined) return writesWhere(write);
  const { commands } = read(text);
  const isFed = commands.some(({ name }) => READS_CODE.test(name)) && text.includes('<<');
  const isPiped = commands.some(({ name, args }) => READS_CODE.test(name) && args.every(isSwitch));
  if ((isFed && usesMade(text, held)) || (isPiped && usesAny(text, held))) return HANDS_ON;
  for (const [{ name, args }, feed] of fed)
    if (isMadeOf(feed, text, held) && carriesOut([name, ...args], text, read)) return HANDS_ON;
  if (read(asLabels(text, held)).commands.some(({ name }) => beginsWithLabel(name, held)))
    return 'runs a command that the labels give the name of';
  for (const { name, args } of commands) {
    const words = [name, ...args];
    const handed = layersOf(words).at(-1)?.handed;
    const within =
      handed?.kind === 'script' && handed.text !== text
        ? bentBy(handed.text, held, shell)
        : undefined;
    if (within !== undefined) return within;
    const chosen = words.findIndex((_, at) => choosesWhat(words, at, held, read));
    if (chosen >= 0 || leadsElsewhere(words, text, held))
      return `lets what the labels give choose what \`${name}\` does (\`${words.join(' ').slice(0, 80)}\`)`;
    for (const [at, word] of words.entries()) {
      const hazards = isLiteral(word, text) ? [] : hazardsOf(word, name, held);
      if (hazards.some((hazard) => !isReading(read(withWord(words, at, hazard)).effect)))
        return `lets what the labels give choose what \`${name || word}\` does (\`${word.slice(0, 80)}\`)`;
      if (
        at > 0 &&
        (usesMade(word, held) || isScript(words, at, held, read)) &&
        !isReading(read(withWord(words, at, "'touch x'")).effect)
      ) {
        const inside = bentBy(word, held, shell);
        if (inside !== undefined) return inside;
      }
    }
  }
  return undefined;
}

/** The variable that programs heed and that is set by what labels give. */
function setsWhat(
  { settings, assigns, commands }: WalkedScript,
  text: string,
  held: Held,
): string | undefined {
  const inFront = settings.find(({ value }) => isGivenIn(value, text, held));
  if (inFront !== undefined) return inFront.name;
  const isHeld = (name: string): boolean => held.same.has(name) || held.isMade(name);
  const heeded = assigns.find((name) => held.isHeeded(name) && isHeld(name));
  if (heeded !== undefined) return heeded;
  return commands
    .filter(({ name, args }) => name === 'export' || (SETS.test(name) && args.some(exports)))
    .flatMap(({ name, args }) => (name === 'set' ? assigns : args))
    .find(isHeld);
}

const SETS = /^(?:declare|typeset|local|readonly|set)$/;
const exports = (arg: string): boolean => /^[-+]\w*[ax]|^allexport$/.test(arg);

/** The command that a label steers: as an argument that is more than data, or because nothing says that it reads. */
function steeredBy(
  { commands, fed, functions }: WalkedScript,
  text: string,
  held: Held,
  read: ReadFacts,
): ShellCommand | undefined {
  const given: GivenWords = {
    isGiven: (word) => word === UNSEEN || isGivenIn(word, text, held),
    isData: (code) => isQuotedIn(code, held),
    isAddress: (word) =>
      beginsWithLabel(word, held) &&
      /^[a-z][\w+.-]{0,30}:[:/]/i.test(held.inputs[labelsIn(word, held)[0] ?? ''] ?? ''),
  };
  return commands.find((command) => {
    const { name, args, as = [] } = command;
    // Which program that is, is known only while it runs.
    if (name === '' && holdsLabel(text, held)) return true;
    const words = [name, ...args];
    if (as.some(given.isGiven)) return true;
    const feed = fed.get(command);
    const isFed =
      feed !== undefined &&
      (feed.kind === 'file' ? isGivenIn(feed.text, text, held) : isMadeOf(feed, text, held));
    if (!isFed && !words.some(given.isGiven)) return false;
    if (maySteer(words, given, functions) || words.some((word) => leadsAway(word, held)))
      return true;
    if (functions.includes(name) || isOwnScript(words)) return false;
    const alone = withWord(words, -1, '', text);
    return !isReading(read(isFed ? `echo x | ${alone}` : alone).effect);
  });
}

/** A script with the words in place of variables that hold nothing else: `k=kubectl; $k get pods`. */
const asSpelled = (text: string, { plain }: Held): string =>
  text.replace(
    /\$(?:\{(\w{1,99})\}|([A-Za-z_]\w{0,99}))/g,
    (found, braced, bare) => plain.get(braced ?? bare) ?? found,
  );

/** Whether a word holds what a label gives, or something made of it. */
const isGivenIn = (word: string, text: string, held: Held): boolean =>
  isLiteral(word, text)
    ? holdsLabel(word, { ...held, same: new Map() })
    : holdsLabel(word, held) || usesMade(word, held);

const labelsIn = (word: string, { same, inputs }: Held): readonly string[] =>
  [...asInputs(word, same).matchAll(/\{\{([\w.-]{1,128})/g)].flatMap(([, name = '']) =>
    Object.hasOwn(inputs, name) ? [name] : [],
  );

const holdsLabel = (word: string, held: Held): boolean => labelsIn(word, held).length > 0;

/** Whether labels in a text of another language stand in quotes of it, with values that cannot leave them. */
function isQuotedIn(code: string, held: Held): boolean {
  if (usesMade(code, held)) return false;
  const rest = asInputs(code, held.same).replace(/(["'/])[^"'/\\\n]{0,999}\1/g, '');
  return (
    !holdsLabel(rest, held) &&
    labelsIn(code, held).every((name) => /^[\w.: -]*$/.test(held.inputs[name] ?? ''))
  );
}

/** Whether a value leads away from where its word goes: to a file that is named in it, or out of a folder. */
function leadsAway(word: string, held: Held): boolean {
  const values = labelsIn(word, held).map((name) => held.inputs[name] ?? '');
  return (
    values.some((value) => /(?:^|\/)\.\.(?:\/|$)/.test(value)) ||
    (beginsWithLabel(word, held) && /^(?:@|fileb?:)/.test(values[0] ?? ''))
  );
}

const HANDS_ON = 'hands on a script that is made of what the labels give';

/** What is made of labels, spelled as one: a command whose name it is has none to be read. */
function asLabels(text: string, held: Held): string {
  const [label = ''] = Object.keys(held.inputs);
  return asInputs(text, held.same).replace(USE, (use: string) =>
    usesMade(use, held) ? `{{${label}}}` : use,
  );
}

/** Whether what a command is fed has something in it of what labels give. */
const isMadeOf = ({ kind, text }: Feed, script: string, held: Held): boolean =>
  (kind !== 'file' || text.startsWith('<(')) &&
  // The body of a here-document stands behind the line of its pipe.
  usesAny(text.includes('<<') ? script : text, held);

const writesWhere = ({ operator, file }: FileWrite): string =>
  `lets what the labels give choose the file that it writes (\`${operator} ${file.slice(0, 80)}\`)`;

/**
 * Whether a command carries out what it is fed: a shell or what asks for commands when nobody feeds it, what puts words
 * of its input behind a command that does more than read, and what is judged by what it is fed.
 */
function carriesOut(words: readonly string[], text: string, read: ReadFacts): boolean {
  const command = withWord(words, -1, '', text);
  const { sessions, effect } = read(command);
  if (carriesOutInput(words) && !isReading(effect)) return true;
  if (sessions.length > 0) return true;
  const isAppending = layersOf(words).some(({ words: inner }) => inner.at(-1) === UNSEEN);
  if (isAppending && !isReading(effect)) return true;
  const judged = [...MILD, ...CODE, ...ACTING].map((probe) =>
    isReading(read(`echo ${probe} | ${command}`).effect),
  );
  return judged.includes(true) && judged.includes(false);
}

/**
 * Whether the value of a label is the beginning of a word and says what is done: with one word there the command reads,
 * with another it does more. An author who says that it reads has not seen the value.
 */
function choosesWhat(words: readonly string[], at: number, held: Held, read: ReadFacts): boolean {
  if (!beginsWithLabel(words[at] ?? '', held)) return false;
  const judged = [...MILD, ...CODE, ...ACTING].map((probe) =>
    isReading(read(withWord(words, at, probe)).effect),
  );
  return judged.includes(true) && judged.includes(false);
}

/** Whether a word with a label in it is read by a shell: what it says is what is judged. */
const isScript = (words: readonly string[], at: number, held: Held, read: ReadFacts): boolean =>
  /\{\{/.test(asInputs(words[at] ?? '', held.same)) &&
  !beginsWithLabel(words[at] ?? '', held) &&
  isReading(read(withWord(words, at, 'ls')).effect);

/**
 * Whether a label says where a program goes, in a language of its own: a scheme, also one whose first letters are
 * spelled, a connection string, another host, the folder or file of its settings or of its code, a file that it writes.
 */
function leadsElsewhere(words: readonly string[], text: string, held: Held): boolean {
  const layers = layersOf(words);
  // A host that is logged into has no scheme: `ssh web{{n}}`, `psql -h db{{n}}`.
  const hosts = hostsIn(words);
  const isHost = (word: string): boolean =>
    hosts.includes(word) ||
    layers.some(({ use }) => use?.runs?.elsewhere === true && use.words.includes(word));
  return (
    addressesIn(words).some(
      (address) => isGivenIn(address, text, held) && isElsewhere(address, isHost(address), held),
    ) ||
    words.some((word) => namesHost(word, text, held)) ||
    layers.some(
      ({ words: [name, ...files] }) => name === 'tee' && files.some((file) => usesAny(file, held)),
    )
  );
}

/**
 * Whether a label may have an address lead elsewhere than its author spelled: he spells where it begins, and a value
 * is one name behind that, or letters behind those of a host. A whole host it is only where he said which ones fit:
 * what is sent there may be a password.
 */
function isElsewhere(address: string, isHost: boolean, held: Held): boolean {
  const spelled = asInputs(address, held.same).replace(/^["']+/, '');
  const [before = ''] = /^[^{$`<]*/.exec(spelled) ?? [];
  const base = /^\$\{?[A-Za-z_]\w{0,99}\}?\//.test(spelled);
  const [, scheme = '', named = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?([^/]*)/i.exec(before) ?? [];
  const isBehindHost = base || before.length > scheme.length + named.length;
  // `ops@{{pod}}`, `host={{pod}}`: what is in front of it belongs to no host.
  const host = named.slice(
    /^(?:.{0,300}@|(?:.{0,300}\s)?(?:host|hostaddr|server)=)/i.exec(named)?.[0].length ?? 0,
  );
  const isSaid =
    !usesMade(address, held) && labelsIn(address, held).every((name) => held.said.has(name));
  if ((before === '' && !base && !(isHost && isSaid)) || /^[./~]/.test(before)) return true;
  if (scheme === '' && !isBehindHost && !isHost && /^[a-z]{1,9}$/i.test(before)) return true;
  if (!isBehindHost && host === '' && !isSaid) return true;
  const fits = isBehindHost ? ONE_NAME : host === '' ? A_HOST : SOME_LETTERS;
  if (!isBehindHost && host.includes('.')) return true;
  const names = usesMade(address, held) ? Object.keys(held.inputs) : labelsIn(address, held);
  return names.some((name) => !fits.test(held.inputs[name] ?? ''));
}

/** Whether a request goes to a host that a label gives; behind the host a value is encoded. */
const isSentElsewhere = (request: string, held: Held): boolean =>
  [...request.matchAll(SENT_TO)].some(
    ([, address = '']) =>
      (holdsLabel(address, held) || usesMade(address, held)) && isElsewhere(address, true, held),
  );

/** The authority of a request's first line, and a header that names one. */
const SENT_TO =
  /^[ \t]*(?:[A-Z]{3,7}[ \t]+|host:[ \t]*|(?=[\w+.-]{1,20}:\/\/)|(?=\{\{))((?:[\w+.-]{1,20}:\/\/)?[^\s/?#]{0,999})/gim;

/** Whether a label is the host of an URL that a word of any program spells. */
const namesHost = (word: string, text: string, held: Held): boolean =>
  /^[^{]{0,300}:\/\/(?:[^{/]{0,300}@)?\{\{/.test(asInputs(word, held.same)) &&
  isGivenIn(word, text, held) &&
  !labelsIn(word, held).every((name) => held.said.has(name));

const ONE_NAME = /^(?!\.{1,2}$)[\w.~:+=-]{1,999}$/;
const A_HOST = /^[\w.:-]{1,255}$/;
const SOME_LETTERS = /^[\w-]{1,63}$/;

function beginsWithLabel(word: string, { same, inputs }: Held): boolean {
  const [, name = ''] = /^["']{0,2}\{\{([\w.-]{1,128})/.exec(asInputs(word, same)) ?? [];
  return Object.hasOwn(inputs, name);
}

const isSwitch = (arg: string): boolean => arg.startsWith('-');

const usesAny = (text: string, held: Held): boolean =>
  usesMade(text, held) || asInputs(text, held.same).includes('{{');

const READS_CODE = /^(?:(?:ba|da|z|k)?sh|ssh|psql|mysql|python\d?|perl|ruby|node|xargs|parallel)$/;

/** In single quotes wherever it stands: `awk '{print $1}'`. */
function isLiteral(word: string, text: string): boolean {
  return word !== '' && text.split(word).length === text.split(`'${word}'`).length;
}

/** What could stand in a word's place, as its author did not think of it. */
function hazardsOf(word: string, name: string, held: Held): readonly string[] {
  const isSplit = splitsIn(word, held);
  const made = usesMade(word, held) || isSplit;
  if (/^(?:xargs|parallel)$/.test(word) && word === name)
    return OPTIONS.map((one) => `xargs ${one}`);
  // A test has operators in its place, and nothing that is printed acts.
  if (!made || /^(?:\[|test|echo)$/.test(name)) return [];
  if (name === '' || (name === 'printf' && !word.startsWith('%'))) return ['touch x'];
  if (isSplit || /^["']?(?:\$|`|[-+])/.test(word)) return [...OPTIONS, ...CODE];
  return CODE;
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const OPTIONS = [
  ...LETTERS.flatMap((letter) => [`-${letter}x`, `-${letter} x`]),
  ...[
    'output',
    'output-file',
    'in-place',
    'set',
    'delete',
    'exec',
    'compress-program',
    'write',
    'out',
    'pre',
  ].map((name) => `--${name}=x`),
  '-delete',
  '-fprint x',
  "-exec touch x ';'",
  '010203042026',
  '--rotate',
  '--flush',
];
/** Words that many programs read by, and words that many act by. */
const MILD = ['ls', 'get', 'status', 'list', "'select 1'", "'{print}'", 'https://x.example/x'];
const ACTING = [
  'reboot',
  'delete',
  'restart',
  'apply',
  'set',
  'https://x.example/purge',
  '010203042026',
];
const CODE = ["'w x'", "'s/a/b/w x'", `'BEGIN{system("touch x")}'`, "'DELETE FROM x'"];

/** What is in single quotes in its text is code as it stands: `awk '{ system($0) }'`. */
function withWord(words: readonly string[], at: number, hazard: string, text = ''): string {
  return words
    .map((word, index) =>
      index === at
        ? hazard
        : /[$`]/.test(word) && !isLiteral(word, text)
          ? 'x'
          : `'${word.replaceAll("'", `'\\''`)}'`,
    )
    .join(' ')
    .replace(/^'([\w./-]+)'/, '$1');
}

const USE = /\$(?:\{([!#]?)(\w{1,99}|[@*])([^}]?)|([A-Za-z_]\w{0,99}|[@*1-9]))/g;

/** Uses of what is made of a label: also what is taken out of one, and what is printed by commands that are given one. */
function usesMade(text: string, held: Held): boolean {
  if (
    /\$\(|`/.test(text) &&
    (/\{\{/.test(text) ||
      [...text.matchAll(USE)].some(([, , inner, , bare]) => held.same.has(inner ?? bare ?? '')))
  )
    return true;
  if ([...text.matchAll(/\{\{([\w.-]{1,128})/g)].some(([, name = '']) => held.captured.has(name)))
    return true;
  return [...text.matchAll(USE)].some(([, sign, braced, operator, bare = '']) => {
    const name = braced ?? bare;
    if (sign === '!' || held.isMade(name)) return true;
    return held.same.has(name) && (operator ?? '') !== '';
  });
}

/** Whether a value with blanks or patterns stands where bash splits words. */
function splitsIn(word: string, { same, inputs, splits }: Held): boolean {
  if (word.startsWith('"')) return false;
  return [...word.matchAll(USE)].some(([, , braced, , bare]) => {
    const value = inputs[same.get(braced ?? bare ?? '') ?? ''];
    return value !== undefined && (splits || /[\s*?[\]]/.test(value));
  });
}

/**
 * `$((…))`, `[[ … -gt … ]]`, subscripts and `${!name}` run what stands in a value, and set what it names; `${name@P}`
 * runs what any text holds. It is asked of all that is carried out: a variable brings a value from one step to another.
 */
function countsWith(text: string, inputs: Plan['request']['inputs']): boolean {
  const values = Object.values(inputs);
  if (/\$\{[^{}\n]{1,99}@P\}/.test(text)) return values.length > 0;
  return COUNTS.test(text) && values.some((value) => /[[\]=()`$\\]|\+\+|--/.test(value));
}

const COUNTS =
  /\(\(|\$\[|\s-(?:eq|ne|lt|le|gt|ge|v)\s|\blet\s|\w\[|\]\+?=|\b(?:declare|local|typeset)\b[^\n;]{0,99}\s[-+]\w{0,9}i|\$\{[\w@*]{1,99}:|\$\{![\w@*]/;

/** What a failure leads to is carried out as well, and whoever sets labels may make a step fail. */
function whyNotAfter(plan: Plan): string | undefined {
  const leading = plan.steps.find(({ step }) => leads(step));
  if (leading === undefined) return undefined;
  if (leading.from !== null)
    return `nobody has looked at what line ${leading.step.line} of ${leading.from.path} leads to when it fails`;
  const most = mayFollow(plan).find(
    ({ effect, against }) => (effect !== 'none' && effect !== 'reads') || against !== undefined,
  );
  return most === undefined
    ? undefined
    : `line ${most.line} does more than read, and line ${leading.step.line} leads there when it fails`;
}

const leads = ({ annotations }: Step): boolean =>
  /^(?:goto|rollback)\b/.test(annotations['on-fail'] ?? '');
