import { onlyReads } from '../engine/model/effect.ts';
import type { ShellCommand } from '../engine/model/shell-facts.ts';
import { judgeWords } from '../engine/programs/effect.ts';
import { NOTHING } from '../engine/programs/judgement.ts';
import {
  filesIn,
  type GivenWords,
  isOwnScript,
  layersOf,
  maySteer,
  showsFiles,
  UNSEEN,
} from '../engine/programs/layers.ts';
import type { Feed } from '../engine/programs/program.ts';
import type { WalkedScript } from '../engine/shell/walk.ts';
import type { FileWrite } from '../engine/shell/walk-script.ts';
import { reachesOut } from '../text/sql-effect.ts';
import { isFileGiven, leadsAway, leadsElsewhere } from './elsewhere.ts';
import {
  carriesOut,
  choosesWhat,
  hazardsOf,
  isScript,
  type ReadFacts,
  withWord,
} from './hazards.ts';
import {
  asLabels,
  asSpelled,
  beginsWithLabel,
  type Held,
  holdsLabel,
  isGivenIn,
  isLiteral,
  isMadeOf,
  isQuotedIn,
  labelsIn,
  usesAny,
  usesMade,
} from './held.ts';

/** Whether a database is asked what nobody has seen to only read: a function may do anything, whatever is said of it. */
export function asksMore(text: string, shell: Shell): boolean {
  const { commands, fed, functions, aliases } = shell.walk(text);
  const around = { functions, aliases, script: () => NOTHING };
  return commands.some((command) => {
    const { words, use, handed } = layersOf([command.name, ...command.args]).at(-1) ?? {};
    if (handed?.kind === 'script' && handed.text.length < text.length)
      return asksMore(handed.text, shell);
    if (words === undefined || use?.program.code?.queries !== true) return false;
    return !onlyReads(judgeWords(words, around, fed.get(command)).effect);
  });
}

/** How a command could take what is made of a label for an option, or for code. */
export function bentBy(text: string, held: Held, shell: Shell): string | undefined {
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
  const unseen = [...text.matchAll(/\$\{!(\w{1,99})/g)].find(
    ([, name = '']) => held.same.has(name) || held.isMade(name),
  );
  if (unseen !== undefined)
    return `shows a variable that the labels give the name of (\`${unseen[0]}}\`)`;
  const opened = walked.opened.find(
    (file) => isGivenIn(file, text, held) && isFileGiven(file, held),
  );
  if (opened !== undefined)
    return `lets what the labels give choose the file that it reads (\`< ${opened.slice(0, 80)}\`)`;
  const { commands } = read(text);
  const isFed = commands.some(({ name }) => READS_CODE.test(name)) && text.includes('<<');
  const isPiped = commands.some(({ name, args }) => READS_CODE.test(name) && args.every(isSwitch));
  if ((isFed && usesMade(text, held)) || (isPiped && usesAny(text, held))) return HANDS_ON;
  for (const [{ name, args }, feed] of fed)
    if (isMadeOf(feed, text, held) && carriesOut([name, ...args], text, read)) return HANDS_ON;
  if (read(asLabels(text, held)).commands.some(({ name }) => beginsWithLabel(name, held)))
    return 'runs a command that the labels give the name of';
  const isGiven = (word: string): boolean => isGivenIn(word, text, held);
  for (const { name, args } of commands.flatMap((command) => partsOf(command, isGiven))) {
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
      if (hazards.some((hazard) => !onlyReads(read(withWord(words, at, hazard)).effect)))
        return `lets what the labels give choose what \`${name || word}\` does (\`${word.slice(0, 80)}\`)`;
      if (
        at > 0 &&
        (usesMade(word, held) || isScript(words, at, held, read)) &&
        !onlyReads(read(withWord(words, at, "'touch x'")).effect)
      ) {
        const inside = bentBy(word, held, shell);
        if (inside !== undefined) return inside;
      }
    }
  }
  return undefined;
}

/** How scripts are read: what they do, and what goes in and out of their commands. */
export interface Shell {
  readonly read: ReadFacts;
  readonly walk: (text: string) => WalkedScript;
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
  const isSteered = (command: ShellCommand, feed: Feed | undefined): boolean => {
    const { name, args, as = [] } = command;
    // Which program that is, is known only while it runs.
    if (name === '' && holdsLabel(text, held)) return true;
    const words = [name, ...args];
    if (as.some(given.isGiven)) return true;
    const isFed =
      feed !== undefined &&
      (feed.kind === 'file' ? isGivenIn(feed.text, text, held) : isMadeOf(feed, text, held));
    if (!isFed && !words.some(given.isGiven)) return false;
    if (layersOf(words).some(({ use }) => use?.program.code && takesForPlace(words, use.name)))
      return true;
    const isShown = showsFiles(words);
    if (maySteer(words, given, functions) || words.some((word) => leadsAway(word, isShown, held)))
      return true;
    if (filesIn(words).some((file) => given.isGiven(file) && isFileGiven(file, held))) return true;
    if (functions.includes(name) || isOwnScript(words)) return false;
    const alone = withWord(words, -1, '', text);
    return !onlyReads(read(isFed ? `echo x | ${alone}` : alone).effect);
  };
  return commands.find((command) =>
    partsOf(command, given.isGiven).some((part) => isSteered(part, fed.get(command))),
  );
}

/** Whether code takes a text that it works on for a file or for a variable of the environment. */
const takesForPlace = (words: readonly string[], name: string): boolean =>
  words.some((code) =>
    /^(?:jq|gojq|jaq|yq)$/.test(name)
      ? /\$ENV\b|(?<![\w.$"])env\b(?!\s*:)|\b(?:load|load_str|strload)\s*\(/.test(code)
      : reachesOut(code) || /\bgetline\b[^;}|]{0,99}<|\bENVIRON\b|\bARGV\b/.test(code),
  );

/**
 * `find … -exec cat {}` as the two commands that it is. Where a label chooses among all that there is, and no folder of
 * its author's is where it begins, the label chooses what stands for `{}`.
 */
function partsOf(
  command: ShellCommand,
  isGiven: (word: string) => boolean,
): readonly ShellCommand[] {
  const words = [command.name, ...command.args];
  const found = words.findIndex((word) => /^(?:.{0,99}\/)?(?:g?find|fd|fdfind)$/.test(word));
  const at = found < 0 ? -1 : words.findIndex((word, index) => index > found && isExec(word));
  if (at < 0) return [command];
  const tests = words.slice(found + 1, at).filter((word) => !/^-[HLP]$/.test(word));
  const end = tests.findIndex((word) => /^\\?[-(!]/.test(word));
  const roots = end < 0 ? tests : tests.slice(0, end);
  const isOpen =
    tests.some(isGiven) &&
    (roots.length === 0 || roots.some((one) => isGiven(one) || ALL.test(one)));
  const [inner = '', ...rest] = words
    .slice(at + 1)
    .filter((word) => !/^(?:[;+]|\\;)$/.test(word))
    .map((word) => (isOpen && word.includes('{}') ? UNSEEN : word));
  const appended = isOpen && !rest.includes(UNSEEN) ? [...rest, UNSEEN] : rest;
  return [
    { ...command, args: words.slice(1, at) },
    { ...command, name: inner, args: appended },
  ];
}

/** A place that names no folder, or leaves it again. */
const ALL = /^["']?(?:[./~]{0,9}|\$\{?HOME\}?\/?)["']?$|\.\./;

const isExec = (word: string): boolean =>
  /^(?:-exec|-execdir|-ok|-okdir|-x|-X|--exec|--exec-batch)$/.test(word);

const HANDS_ON = 'hands on a script that is made of what the labels give';

const writesWhere = ({ operator, file }: FileWrite): string =>
  `lets what the labels give choose the file that it writes (\`${operator} ${file.slice(0, 80)}\`)`;

const isSwitch = (arg: string): boolean => arg.startsWith('-');

const READS_CODE = /^(?:(?:ba|da|z|k)?sh|ssh|psql|mysql|python\d?|perl|ruby|node|xargs|parallel)$/;
