import { listOf } from './arguments.ts';
import type { Option, Use } from './program.ts';

/** The first rule of a list that holds, as its words; `undefined` when none does. */
export function matching(list: string | undefined, use: Use, loosely = false): string | undefined {
  if (list === undefined || list === '') return undefined;
  return rulesOf(list).find((rule) => holds(rule, use, loosely))?.text;
}

/** Whether an option of that name was given. */
export function given(use: Use, ...names: readonly string[]): boolean {
  return use.options.some(({ name }) => names.includes(name));
}

/** The values of options of these names, in the order they were given. */
export function valuesOf(use: Use, ...names: readonly string[]): readonly string[] {
  return use.options.filter(({ name }) => names.includes(name)).map(({ value }) => value);
}

interface Rule {
  readonly text: string;
  readonly parts: readonly string[];
}

const parsed = new Map<string, readonly Rule[]>();

function rulesOf(list: string): readonly Rule[] {
  let rules = parsed.get(list);
  if (rules === undefined) {
    const texts = list.split(/,\s+/).map((text) => text.trim());
    rules = texts.filter(Boolean).map((text) => ({ text, parts: text.split(/\s+/) }));
    parsed.set(list, rules);
  }
  return rules;
}

function holds({ parts }: Rule, use: Use, loosely: boolean): boolean {
  let at = 0;
  return parts.every((part) => {
    if (part === '<') return use.feed !== undefined;
    if (part === '$') return use.words.length <= at;
    if (part === '*' && parts.length === 1) return true;
    if (part.startsWith('!-')) return !hasOption(part.slice(1), use, false);
    if (part.startsWith('-'))
      return hasOption(part, use, loosely) && (loosely || onlySo(part, use));
    if (part.startsWith('~')) return use.words.some((word) => fitsAny(part.slice(1), word));
    const operand = use.words[at];
    at += 1;
    return operand !== undefined && fitsAny(part, operand);
  });
}

/** Whether rules of the record say another effect by what the operand of that number is. */
export function tellsApart({ program, words }: Use, at: number): boolean {
  const { none, reads, dry, writes, destroys } = program;
  return [none, reads, dry, writes, destroys]
    .flatMap((list) => rulesOf(list ?? ''))
    .some((rule) => {
      const places = rule.parts.filter((part) => !/^[-!~<$]/.test(part));
      const isMet = places.slice(0, at).every((part, index) => fitsAny(part, words[index] ?? ''));
      const isAnywhere = rule.parts.some((part) => part.startsWith('~')) && at >= places.length;
      return isMet && (isAnywhere || (places[at] ?? '*') !== '*');
    });
}

function hasOption(part: string, use: Use, loosely: boolean): boolean {
  const [pattern = '', wanted] = part.split('=');
  return use.options.some(
    ({ name, value }) =>
      isNamed(pattern, name, use, loosely) && (wanted === undefined || fitsAny(wanted, value)),
  );
}

/** What is harmless with one value is proved for all values that the option was given; switched off it proves nothing. */
function onlySo(part: string, use: Use): boolean {
  const [pattern = '', wanted] = part.split('=');
  return use.options.every(
    ({ name, value }) =>
      !fits(pattern, name) ||
      (wanted === undefined ? !SWITCHED_OFF.test(value) : fitsAny(wanted, value)),
  );
}

const SWITCHED_OFF = /^["']?(?:false|none|no|off)["']?$/i;

/** `loosely`: a long option may be cut short, as getopt lets it. */
function isNamed(pattern: string, name: string, use: Use, loosely: boolean): boolean {
  if (fits(pattern, name)) return true;
  if (!loosely || !pattern.startsWith('--') || name.length < 4) return false;
  const { values, switches } = use.program;
  return pattern.startsWith(name) && !listOf(values).has(name) && !listOf(switches).has(name);
}

function fitsAny(patterns: string, text: string): boolean {
  const low = text.toLowerCase();
  return patterns.split('|').some((pattern) => fits(pattern, low) || fits(pattern, text));
}

function fits(pattern: string, text: string): boolean {
  if (pattern === '*') return text !== '';
  const opens = pattern.startsWith('*');
  const closes = pattern.endsWith('*');
  if (opens && closes) return text.includes(pattern.slice(1, -1));
  if (closes) return text.startsWith(pattern.slice(0, -1));
  return opens ? text.endsWith(pattern.slice(1)) : pattern === text;
}

/** Long options that act by the verb they begin with, whatever program they are given to, until its record says otherwise. */
const ACTS =
  /^--(?:add|apply|clean|clear|create|delete|destroy|disable|drop|dump-to|edit|enable|erase|exec|execute|export|fix|flush|force|import|in-?place|init|install|kill|load|log|log-?file|mute|out|out-?dir|out-?file|output-(?:dir|directory|file)|overwrite|prune|purge|push|reboot|reload|remove|replace|reset|restart|restore|rotate|save|set|shutdown|start|stop|sync|terminate|truncate|unset|update|upgrade|upload|vacuum|wipe|write)(?=-|$)/;

/** An option that the record does not know to leave the effect as it is; `undefined` when it knows all. */
export function unknownOption(use: Use): string | undefined {
  const { switches, values, dry, asks, answers, endless, ends, session, none, reads } = use.program;
  const known = listOf(switches);
  const valued = listOf(values);
  const ruled = [none, reads, dry, asks, answers, endless, ends, session].filter(Boolean).join(' ');
  const isKnown = ({ name }: Option): boolean =>
    known.has(name) ||
    valued.has(name) ||
    HARMLESS.has(name) ||
    /^-\d$/.test(name) ||
    (known.has('*') && !ACTS.test(name)) ||
    namedBy(ruled, name);
  const option = use.options.find((one) => !isKnown(one));
  if (option !== undefined) return option.name;
  return use.words.find((word) => MAY_BE_OPTIONS.test(word));
}

/** Variables named for holding options, unquoted, and the arguments of a script. */
const MAY_BE_OPTIONS =
  /^(?:\$\{?(?:\w{1,60}_)?(?:OPTS?|OPTIONS?|ARGS?|FLAGS?|PARAMS?)\}?|"?\$[@*]"?)$/i;

const HARMLESS = new Set(['--help', '--version', '--verbose', '--quiet', '=', '-']);

function namedBy(rules: string, name: string): boolean {
  for (const part of listOf(rules.replaceAll(',', ' '))) {
    const pattern = part.replace(/^!/, '').split('=')[0] ?? '';
    if (pattern.startsWith('-') && fits(pattern, name)) return true;
  }
  return false;
}
