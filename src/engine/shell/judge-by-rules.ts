import { operands } from './arguments.ts';
import type { CommandRules } from './effect-rules/rules.ts';
import { type Judgement, NOTHING, verdict } from './judgement.ts';

/** Judges a command by the rules for its subcommands and options. */
export function judgeByRules(
  name: string,
  args: readonly string[],
  rules: CommandRules,
): Judgement {
  const words = operands(args, new Set((rules.valued ?? '').split(/\s+/)));
  const options = args.filter((arg) => arg.startsWith('-') || arg.includes('='));
  const matched = (list = ''): string | undefined =>
    rulesOf(list).find((rule) => matches(rule, words, options, args));
  const first = [name, ...words.slice(0, 1)].join(' ');
  const isDryRun = options.some((option) => DRY_RUN.test(option));
  const destroys = isDryRun ? undefined : matched(rules.destroys);
  if (destroys !== undefined) return destroying(name, args, words, destroys);
  if (matched(rules.none) !== undefined) return NOTHING;
  const reads = matched(rules.reads);
  if (reads !== undefined) return verdict('reads', `\`${shownAs(name, reads, words)}\` only reads`);
  if (isDryRun || onlyAsksForHelp(args)) return verdict('reads', `\`${first}\` only reads`);
  return fallback(name, first, rules);
}

const DRY_RUN = /^--?dry-run(?:=(?:client|server|true))?$/;

function destroying(
  name: string,
  args: readonly string[],
  words: readonly string[],
  rule: string,
): Judgement {
  const depth = rule.split(' ').filter((word) => !word.startsWith('-')).length;
  const named = words.slice(depth);
  const namespace = /^(?:kubectl|oc|k|helm)$/.test(name) ? namespaceOf(args) : '';
  const target = [...(named.length > 0 ? named : args.slice(1, 4)), namespace];
  return verdict(
    'destroys',
    `\`${shownAs(name, rule, words)}\` takes away or interrupts`,
    target.filter(Boolean).join(' '),
  );
}

function onlyAsksForHelp(args: readonly string[]): boolean {
  return args.length > 0 && args.every((arg) => /^--?(?:help|version|v|V|h)$/.test(arg));
}

function fallback(name: string, first: string, { otherwise = 'writes' }: CommandRules): Judgement {
  switch (otherwise) {
    case 'none':
      return NOTHING;
    case 'reads':
      return verdict('reads', `\`${name}\` only reads`);
    case 'destroys':
    case 'writes':
      return verdict(otherwise, `\`${first}\` changes something`);
    default:
      return otherwise satisfies never;
  }
}

function rulesOf(list: string): readonly string[] {
  return list.split(/,\s+/).filter(Boolean);
}

function matches(
  rule: string,
  words: readonly string[],
  options: readonly string[],
  args: readonly string[],
): boolean {
  const parts = rule.split(' ');
  let at = 0;
  let previousOption = '';
  return parts.every((part) => {
    if (part.startsWith('-') || part.includes('=')) {
      previousOption = part;
      return options.some((option) => fits(part, option) || fits(part, option.split('=')[0] ?? ''));
    }
    if (previousOption !== '') {
      const value = args[args.indexOf(previousOption) + 1] ?? '';
      return part.split('|').some((alternative) => fits(alternative, value));
    }
    const word = words[at] ?? '';
    at += 1;
    return (
      word !== '' && part.split('|').some((alternative) => fits(alternative, word.toLowerCase()))
    );
  });
}

function fits(pattern: string, text: string): boolean {
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : pattern === text;
}

function shownAs(name: string, rule: string, words: readonly string[]): string {
  const parts = rule.split(' ');
  const depth = parts.filter((part) => !/^-|=/.test(part)).length;
  return [name, ...words.slice(0, depth), ...parts.filter((part) => part.startsWith('-'))].join(
    ' ',
  );
}

function namespaceOf(args: readonly string[]): string {
  const at = args.findIndex((arg) => /^(?:-n|--namespace)$/.test(arg));
  const inline = args.find((arg) => /^--namespace=/.test(arg));
  return at >= 0
    ? `-n ${args[at + 1] ?? ''}`
    : inline === undefined
      ? ''
      : `-n ${inline.split('=')[1]}`;
}
