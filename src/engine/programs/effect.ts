import { unquoted } from './arguments.ts';
import { baseName } from './find.ts';
import { type Judgement, NOTHING, recorded, verdict, worse } from './judgement.ts';
import { handedOn, UNSEEN, useOf } from './layers.ts';
import type { Door, Feed, Use } from './program.ts';
import { given, matching, unknownOption, valuesOf } from './rules.ts';

/** What stands around a command that is judged. */
export interface Surroundings {
  /** Functions of the script: their bodies are judged where they stand. */
  readonly functions: readonly string[];
  /** Aliases of the script, by name. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Judges a text handed to another shell. */
  readonly script: (text: string) => Judgement;
}

const MAX_DEPTH = 12;

/** Judges one command by its program's record; what no record proves to be harmless writes. */
export function judgeWords(
  words: readonly string[],
  around: Surroundings,
  feed?: Feed,
  depth = 0,
): Judgement {
  const [name = '', ...args] = words;
  if (name === '' || /[$`]/.test(name) || depth > MAX_DEPTH)
    return verdict('writes', 'what it runs is only known when it runs');
  const alias = around.aliases.get(name);
  if (alias !== undefined)
    return around.script([alias.replace(/^(["'])(.*)\1$/s, '$2'), ...args].join(' '));
  if (around.functions.includes(name)) return NOTHING;
  const use = useOf(words, feed);
  if (use === undefined) return judgeUnknown(name, args);
  const judgement = worse(judgeUse(use, around, depth), judgeHanded(use, around, depth));
  return baseName(name).isElsewhere
    ? worse(judgement, verdict('writes', `\`${name}\` may be another program of that name`))
    : judgement;
}

function judgeUse(use: Use, around: Surroundings, depth: number): Judgement {
  const { program, name, args } = use;
  if (args.length > 0 && args.every((arg) => /^--(?:help|version)$/.test(arg)))
    return verdict('reads', `\`${name} ${args[0]}\` only prints`);
  const door: Door = {
    words: (words) => judgeWords(words, around, undefined, depth + 1),
    script: around.script,
  };
  const special = program.judge?.(use, door);
  if (special !== undefined) return special;
  const dry = matching(program.dry, use);
  if (dry !== undefined) return verdict('reads', `\`${shown(use, dry)}\` only shows`);
  const destroys = matching(program.destroys, use, true);
  if (destroys !== undefined) return destroying(use, destroys);
  const writes = matching(program.writes, use, true);
  if (writes !== undefined)
    return verdict('writes', `\`${shown(use, writes)}\` changes something`, '', true);
  return judgeHarmless(use);
}

/** What no rule calls acting: harmless where a rule says so and every option is known. */
function judgeHarmless(use: Use): Judgement {
  const { program, name } = use;
  // What runs another program is as harmless as that one.
  const hands = handedOn(use)?.kind ?? 'open';
  const isNone = hands !== 'open' || matching(program.none, use) !== undefined;
  const reads = isNone ? undefined : matching(program.reads, use);
  const effect = isNone ? 'none' : reads === undefined ? (program.otherwise ?? 'writes') : 'reads';
  if (effect === 'destroys') return destroying(use, '');
  const short = shortName(use);
  if (effect === 'writes') {
    // No rule knows this subcommand, and its own word says what it does.
    const telling = use.words
      .slice(0, MOST_TELLING)
      .find((word) => SURELY_TAKES_AWAY.test(parted(word)));
    if (telling !== undefined && (program.reads ?? program.destroys) !== undefined)
      return verdict('destroys', `\`${name} ${telling}\` says that it takes away or undoes`);
    if (setsToNone(use.args)) return toNone(short, use.args);
    return isMadeToAct(use)
      ? recorded(`\`${actShown(use)}\` changes something`)
      : verdict('writes', `\`${short}\` may change something`);
  }
  const option = unknownOption(use);
  if (option !== undefined)
    return verdict('writes', `\`${short}\` with \`${option}\` may change something`);
  if (effect === 'none') return NOTHING;
  return verdict('reads', `\`${reads === undefined ? name : shown(use, reads)}\` only reads`);
}

/** One of its first words is an act, of a program that tells its subcommands apart. */
function isMadeToAct({ program, words }: Use): boolean {
  const isToldApart = program.reads !== undefined || program.destroys !== undefined;
  return isToldApart && words.slice(0, MOST_TELLING).some(isAct);
}

/** The word of a subcommand, as it stands or in capitals and humps. */
const isAct = (word: string): boolean => ACTS.test(parted(word).toLowerCase());

function actShown({ name, words }: Use): string {
  return [name, ...words.slice(0, words.findIndex(isAct) + 1)].join(' ');
}

/** Subcommands that change something wherever they stand. */
const ACTS =
  /^(?:apply|create|patch|replace|scale|autoscale|restart|reload|start|stop|enable|disable|install|upgrade|update|put|push|insert|modify|attach|deploy|annotate|label|taint|cordon|uncordon|promote|reboot|commit|merge|import|(?:create|update|put|modify|start|stop|run|reboot|attach|enable|disable|deploy|promote|send|publish|import)-[a-z-]{1,60})$/;

/** The program with its subcommand, where it has one. */
function shortName({ program, name, words }: Use): string {
  const [first = ''] = words;
  const hasRules = program.reads !== undefined || program.destroys !== undefined;
  return hasRules && /^[a-z][\w:.-]{0,40}$/i.test(first) ? `${name} ${first}` : name;
}

function judgeHanded(use: Use, around: Surroundings, depth: number): Judgement {
  const handed = handedOn(use);
  if (handed === undefined) return NOTHING;
  const isAnew = handed.kind !== 'open' && handed.writes;
  const own = isAnew ? verdict('writes', `\`${use.name}\` starts it anew`) : NOTHING;
  switch (handed.kind) {
    case 'open':
      return judgeOpened(use, around);
    case 'script':
      return worse(own, around.script(handed.text));
    case 'words':
      return worse(own, judgeWords(handed.words, around, use.feed, depth + 1));
    default:
      return handed satisfies never;
  }
}

/** A shell without a command: what it reads may be known. */
function judgeOpened({ name, feed }: Use, around: Surroundings): Judgement {
  if (feed?.kind === 'text') return worse(NOTHING, around.script(feed.text));
  return verdict(
    'writes',
    `\`${name}\` ${feed === undefined ? 'opens a shell' : 'runs what it is fed'}`,
  );
}

function destroying(use: Use, rule: string): Judgement {
  const depth = rule === '*' ? 0 : partsOf(rule).filter((part) => !/^[-!~<$]/.test(part)).length;
  const named = use.words.slice(depth).filter((word) => word !== UNSEEN);
  const others = use.options.flatMap(({ name, value }) =>
    value === '' ? [] : [`${name} ${value}`],
  );
  const namespace = given(use, '-n', '--namespace')
    ? [`-n ${valuesOf(use, '-n', '--namespace')[0]}`]
    : [];
  const target = named.length > 0 ? [...named, ...namespace] : others.slice(0, 2);
  const why = use.program.does ?? 'takes away or interrupts';
  return verdict('destroys', `\`${shown(use, rule)}\` ${why}`, target.map(unquoted).join(' '));
}

/** What ran does so no longer. */
const toNone = (name: string, args: readonly string[]): Judgement =>
  verdict('destroys', `\`${name}\` leaves none of them`, args.map(unquoted).join(' '), false);

function partsOf(rule: string): readonly string[] {
  return rule.split(' ').filter(Boolean);
}

function shown({ name, words }: Use, rule: string): string {
  const parts = partsOf(rule);
  const depth = rule === '*' ? 0 : parts.filter((part) => !/^[-!~<$]/.test(part)).length;
  const options = parts.filter((part) => part.startsWith('-'));
  return [name, ...words.slice(0, depth), ...options].join(' ');
}

const TAKES_AWAY =
  /(?:^|[-_.:])(?:delete|destroy|drop|wipe|purge|restore|rollback|undo|failover|switchover|uninstall|teardown|nuke|downgrade|kill|shutdown|terminate|clean|reset|revert|rm|rmpool|del|flush|isolate|decommission|erase|evict|truncate|discard|scrap|zap|nullify|deprovision|unregister|deregister|expire|reap|overwrite|reformat|demote|fence|stonith|abort|scrub-all|forget|obliterate|annihilate|trash|burn|shred|eject|unpublish|yank|revoke|rotate-out|prune|gc|vacuum-full|invalidate|detach|disband|dismantle|terminat\w{1,5}|delet\w{1,5}|destroy\w{1,5}|remov\w{1,5}|remove)(?:$|[-_.:])/i;
const ONLY_TALKS =
  /(?:^|[-_.:])(?:verify|test|check|prepare|list|show|dry|assess|plan|monitor|status|audit|notify|report|help)(?:$|[-_.:])/i;

/** Subcommands that do the same wherever they stand. */
const SURELY_TAKES_AWAY =
  /^(?:[a-z]{1,20}[-:])?(?:del|rmpool|delete|destroy|drop|wipe|purge|erase|evict|truncate|nuke|uninstall|decommission|restore|rollback|remove|terminate)(?:-[a-z]{1,20})?$/;

/** Words in front of names that may say what is done. */
const MOST_TELLING = 3;

/** `eraseDisk` and `user-del` say it as `erase-disk` does, `deletelocalsnapshots` by how it begins. */
function takesAway(word: string): boolean {
  if (word.length >= 100 || /[/\s]/.test(word)) return false;
  const apart = parted(word);
  return (TAKES_AWAY.test(apart) || BEGINS_TO.test(apart)) && !ONLY_TALKS.test(apart);
}

/** `rollbackCount` as `rollback-count`; what is all in capitals is no subcommand. */
const parted = (word: string): string =>
  word.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const BEGINS_TO =
  /^(?:delete|destroy|erase|purge|rollback|uninstall|terminate|truncate|decommission)/i;

/** A program without a record: it writes, and destroys where its own name or subcommand says so. */
function judgeUnknown(name: string, args: readonly string[]): Judgement {
  const { base } = baseName(name);
  const words = args.filter((arg) => !arg.startsWith('-')).slice(0, MOST_TELLING);
  const options = args.filter((arg) => /^--?[A-Za-z-]{3,30}$/.test(arg));
  const telling = [base, ...words, ...options].find(takesAway);
  if (telling === undefined && !args.includes('--dry-run') && setsToNone(args))
    return toNone(base, args);
  if (telling === undefined || args.includes('--dry-run'))
    return verdict('writes', `\`${base}\` may change something`);
  const shownAs = telling === base ? base : `${base} ${telling}`;
  return verdict(
    'destroys',
    `\`${shownAs}\` says that it takes away or undoes`,
    args.join(' '),
    false,
  );
}

/**
 * Whether the arguments of a command set how many there are to be of something to none: "--desired-count 0", "scale
 * web=0", `{"spec":{"replicas":0}}`. Whatever program it is, what ran does so no longer. Linear in the arguments.
 */
function setsToNone(args: readonly string[]): boolean {
  const words = args.map(unquoted);
  return words.some((word, at) => {
    const { name = '', value = words[at + 1] ?? '' } = AMOUNT.exec(word)?.groups ?? {};
    if (name !== '' && NONE.test(value)) return true;
    if (SCALES.test(word))
      return words.slice(at + 1).some((one) => /^(?:[\w./-]{1,80}=)?0$/.test(one));
    return word.length < MOST_TEXT && SAID_IN_TEXT.test(word);
  });
}

const AMOUNT =
  /^--?(?<name>(?:[a-z]{1,20}-)?(?:replicas|desired-?count|desired-?capacity|desired-?size|new-?capacity|num-?nodes|node-?count|num-?instances|instance-?count|max-?size|max-?instances|max-?replicas)|count|size|scale|instances|capacity)(?:=(?<value>.{0,80}))?$/i;
const NONE = /^(?:[\w./-]{1,80}=)?0$/;
const SCALES = /^(?:[a-z]{1,20}:)?(?:scale|resize)$/;
const SAID_IN_TEXT =
  /(?:^|[\s{,"'.])(?:replicas|desired_?count|desired_?capacity|node_?count|instance_?count|num_?nodes)["']?\s{0,4}[:=]\s{0,4}0(?![\d.])/i;
const MOST_TEXT = 10_000;
