import type { ShellCommand } from '../model/shell-facts.ts';
import { type Act, actIn, actOfCommand, MOST_CHARACTERS } from './acts.ts';
import { type Told, titleOf } from './alternatives.ts';
import { isCollection } from './collections.ts';
import type { ConditionMark } from './marks/condition-mark.ts';
import { isScenario } from './marks/scenarios.ts';

/** One task among those beside it. */
export interface Task {
  readonly title: string;
  /** What it begins with: its first command; `''` where none is known. */
  readonly command: string;
}

/** Tells those of some titles that are a menu: `commands` are what they begin with. */
export function tellMenu<
  One extends { readonly text: string; readonly mark: ConditionMark | null },
>(family: readonly One[], commands: readonly string[], over: string, tell: Told<One>): void {
  // What has a condition of its own ("Rollback") is told apart already.
  const tasks = family.map(({ text, mark }, at) =>
    mark === null ? { title: text, command: commands[at] ?? '' } : { title: '', command: '' },
  );
  const picked = menuAmong(tasks, over);
  const group = {};
  for (const [at, one] of family.entries()) {
    const text = titleOf(one.text);
    if (picked.has(at) && one.mark === null)
      tell(one, { kind: 'option', text, sparesReads: true }, group);
  }
  if (!FOR_EACH.test(over))
    for (const at of kindsAmong(tasks)) {
      const one = family[at];
      if (one !== undefined) tell(one, { kind: 'if', text: titleOf(one.text) }, null);
    }
}

/** The text above has all of them done. */
const FOR_EACH = /(?<![\p{L}])(?:each|every|all|both|in turn|one after|one by one)(?![\p{L}])/iu;

/**
 * Indices of neighbours that name two kinds of one thing, of which the reader has one: "Small databases" beside "Large
 * databases", "EU" beside "US", "Blue is live" beside "Green is live". Their titles differ in one word, and their commands
 * in nothing but options. What is counted, or done by the clock, is done in turn. Linear.
 */
function kindsAmong(tasks: readonly Task[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [at, task] of tasks.entries()) {
    const before = tasks[at - 1];
    if (before !== undefined && areKinds(before, task)) found.add(at - 1).add(at);
  }
  return found;
}

function areKinds(one: Task, other: Task): boolean {
  if (one.command === '' || other.command === '' || one.command === other.command) return false;
  const words = wordsIn(one.title);
  const others = wordsIn(other.title);
  const apart = words.flatMap((word, at) => (word === others[at] ? [] : [at]));
  const [place = 0] = apart;
  if (words.length !== others.length || apart.length !== 1) return false;
  const differing = [words[place] ?? '', others[place] ?? ''];
  if (differing.some((word) => COUNTED.test(word))) return false;
  const isState = [one, other].every(({ title }) => isScenario(title));
  if (isState) return one.command.split(' ', 1)[0] === other.command.split(' ', 1)[0];
  if (!differInOptions(one.command, other.command)) return false;
  if (words.length === 1) return differing.every((word) => /^\p{Lu}{2,4}$/u.test(word));
  // "Web servers" over `--limit web` and "Mail servers" over `--limit mail` are two of a whole.
  const isNamed = (word: string, { command }: Task): boolean =>
    command.toLowerCase().includes(word.toLowerCase().slice(0, 4));
  const isSized = differing.every((word) => SIZED.test(word));
  const isKind =
    place < words.length - 1 && (isSized || /(?:[^s]s|en)$/iu.test(words.at(-1) ?? ''));
  return (
    isKind && (isSized || !differing.some((word, at) => isNamed(word, at === 0 ? one : other)))
  );
}

const wordsIn = (title: string): readonly string[] =>
  title.slice(0, MOST_CHARACTERS).match(/[\p{L}\p{N}-]+/gu) ?? [];

/** "Small site" beside "Large site": nobody's is both. */
const SIZED =
  /^(?:tiny|small|medium|mid|large|big|huge|single|multi|multiple|standalone|clustered|klein\p{L}{0,2}|groß\p{L}{0,2}|mittler\p{L}{1,2}|einzeln\p{L}{1,2}|petite?s?|grande?s?|moyen(?:ne)?s?|pequeñ[oa]s?|median[oa]s?|pequen[oa]s?|piccol[oaei]|medi[oa]|grandi|kleine?|grote?|liten|lilla|stora?|mał[yae]|duż[yae])$/iu;

const COUNTED =
  /\d|^\p{L}$|^(?:first|second|third|next|last|hourly|daily|nightly|weekly|monthly|quarterly|yearly|annual|morning|evening|before|after|old|new|täglich\p{L}{0,2}|wöchentlich\p{L}{0,2}|monatlich\p{L}{0,2})$/iu;

/** Whether two commands do the same to the same, with other options or other values of them. */
function differInOptions(one: string, other: string): boolean {
  const [first, second] = [wordsOfCommand(one), wordsOfCommand(other)];
  const isIn = (words: readonly string[], all: readonly string[]): boolean =>
    words.every((word) => all.includes(word));
  return isIn(first.free, second.all) && isIn(second.free, first.all);
}

/** The words of a command that are no options; `free`: those that are no option's value either. */
function wordsOfCommand(command: string): {
  readonly free: readonly string[];
  readonly all: readonly string[];
} {
  const words = command.split(/\s+/).slice(0, MOST_COMMANDS);
  const isOption = (word = ''): boolean => word.startsWith('-');
  const all = words.filter((word) => !isOption(word));
  return { all, free: words.filter((word, at) => !isOption(word) && !isOption(words[at - 1])) };
}

/**
 * Indices of the tasks that stand beside each other as in a menu, of which one is picked: all below "Useful commands",
 * else those that undo each other ("Start", "Stop") with what switches or destroys beside them. A procedure stops,
 * works and starts again: there what undoes has something to do in between, or restarts. Empty: it is no menu. Linear.
 */
export function menuAmong(tasks: readonly Task[], over: string): ReadonlySet<number> {
  const all = tasks.map((_, at) => at);
  if (tasks.length < 2 || tasks.some(({ title }) => IN_TURN.test(title))) return new Set();
  if (isCollection(over)) return new Set(all);
  const readings = [
    tasks.map(({ title }) => actIn(title)),
    tasks.map(({ command }) => actOfCommand(command.split(/\s+/))),
  ];
  const overwritten = overwrittenIn(tasks);
  const opposed = new Set([...readings.flatMap((acts) => [...opposedIn(acts)]), ...overwritten]);
  if (opposed.size === 0) return opposed;
  const joining = all.filter((at) => readings.some((acts) => JOINS.has(acts[at]?.verb ?? '')));
  return new Set([...opposed, ...joining]);
}

/** The words of commands that undo each other in one script, as "`start` and `stop`"; `''`: none do. Linear. */
export function undoneIn(commands: readonly ShellCommand[]): string {
  if (commands.length > MOST_COMMANDS || commands.some(({ conditional }) => conditional)) return '';
  const acts = commands.map(({ name, args }) => actOfCommand([name, ...args]));
  const [one, other] = [...opposedIn(acts)].toSorted((first, then) => first - then);
  if (one === undefined || other === undefined) return '';
  return `\`${acts[one]?.verb}\` and \`${acts[other]?.verb}\``;
}

const MOST_COMMANDS = 200;

/**
 * Indices of acts that undo each other where nothing is done in between, and of a stop somewhere behind a restart of the
 * same: "Stop it", "Upgrade it", "Restart it" is a procedure.
 */
function opposedIn(acts: readonly (Act | null)[]): ReadonlySet<number> {
  const found = new Set<number>();
  const restarts = new Map<string, number>();
  let last: Act = NOTHING;
  for (const [at, act] of acts.entries()) {
    if (act === null) {
      last = NOTHING;
      continue;
    }
    const object = act.object === '' ? last.object : act.object;
    const isSame = last.object === object || last.object === '';
    if (isSame && UNDONE_BY.get(last.verb)?.includes(act.verb) === true) found.add(at - 1).add(at);
    const restarted = act.verb === 'stop' ? restarts.get(object) : undefined;
    if (restarted !== undefined) found.add(restarted).add(at);
    if (act.verb === 'restart') restarts.set(object, at);
    last = { verb: act.verb, object };
  }
  return found;
}

const NOTHING: Act = { verb: '', object: '' };

/** Indices of tasks that put one file after the other in the same place: "cp dev.yaml app.yaml", "cp prod.yaml app.yaml". */
function overwrittenIn(tasks: readonly Task[]): ReadonlySet<number> {
  const found = new Set<number>();
  let before = '';
  for (const [at, { command }] of tasks.entries()) {
    const words = command.split(/\s+/).filter((word) => word !== 'sudo' && !word.startsWith('-'));
    const last = words.at(-1) ?? '';
    const file = last.slice(last.lastIndexOf('/') + 1);
    const isCopy = words.length === 3 && /^(?:cp|ln|mv|install|scp|rsync)$/.test(words[0] ?? '');
    const target = isCopy && /\.[a-z]\w{0,9}$/.test(file) && !file.endsWith('.d') ? last : '';
    if (target !== '' && target === before) found.add(at - 1).add(at);
    before = target;
  }
  return found;
}

/** What takes back the first, where it comes at once behind it. "Stop" and then "start" is a restart, and none. */
const UNDONE_BY: ReadonlyMap<string, readonly string[]> = new Map([
  ['start', ['stop']],
  ['enable', ['disable']],
  ['pause', ['resume']],
  ['scale up', ['scale down']],
  ['create', ['delete']],
  ['add', ['delete']],
  ['lock', ['unlock']],
  ['block', ['unblock']],
  ['grant', ['revoke']],
  ['mount', ['unmount']],
  ['attach', ['detach']],
  ['open', ['close']],
  ['install', ['delete']],
  ['cordon', ['uncordon']],
  ['silence', ['unsilence']],
  ['switch on', ['switch off']],
  ['switch to', ['switch to']],
]);

/** What joins a menu that is one already: it switches something, or does away with it. */
const JOINS: ReadonlySet<string> = new Set([
  'start',
  'stop',
  'restart',
  'enable',
  'disable',
  'pause',
  'resume',
  'scale up',
  'scale down',
  'switch on',
  'switch off',
  'switch to',
  'delete',
]);

/** One comes after the other. */
const IN_TURN =
  /^\W{0,4}(?:\d{1,2}[.):]|step|phase|stage|first|then|next|now|finally|lastly|afterwards?|again|before|after|once|when|wait)(?![\p{L}])|(?<![\p{L}])(?:again|back)(?![\p{L}])/iu;
