import type { ShellCommand } from '../model/shell-facts.ts';
import { operands } from './arguments.ts';
import { ALWAYS_DESTROY, CHANGE_NOTHING, ONLY_READ, RULES } from './effect-table.ts';
import { judgeByRules } from './judge-by-rules.ts';
import { isHarmlessFile, type Judgement, NOTHING, verdict } from './judgement.ts';
import { judgeSpecially } from './special-effects.ts';
import type { FileWrite } from './walk-script.ts';
import { innerScript, unwrapped } from './wrappers.ts';

/**
 * Judges one command by the tables; a command they do not know writes. `judgeScript` judges the text
 * of a script handed to another shell (`bash -c`, `ssh host '…'`).
 */
export function judgeCommand(
  command: ShellCommand,
  ownFunctions: readonly string[],
  judgeScript: (text: string) => Judgement,
): Judgement {
  const inner = innerScript(command);
  if (inner !== undefined)
    return inner === ''
      ? verdict('writes', `\`${command.name}\` opens another shell`)
      : judgeScript(inner);
  const { name, args } = unwrapped(command);
  if (ownFunctions.includes(name)) return NOTHING;
  if (name === '') return verdict('writes', 'what it runs is only known when it runs');
  const special = judgeSpecially(name, args);
  if (special !== undefined) return special;
  if (CHANGE_NOTHING.has(name)) return NOTHING;
  if (/^(?:--version|--help|-V)$/.test(args[0] ?? '') && args.length === 1)
    return verdict('reads', `\`${name} ${args[0]}\` only prints`);
  const destroys = Object.hasOwn(ALWAYS_DESTROY, name) ? ALWAYS_DESTROY[name] : undefined;
  if (destroys !== undefined)
    return verdict('destroys', `\`${name}\` ${destroys}`, operands(args).join(' '));
  if (ONLY_READ.has(name)) return verdict('reads', `\`${name}\` only reads`);
  const rules = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (rules !== undefined) return judgeByRules(name, args, rules);
  if (/^mkfs(?:\.|$)/.test(name))
    return verdict('destroys', `\`${name}\` formats`, operands(args).join(' '));
  return verdict('writes', `\`${name}\` may change something`);
}

/** Judges what a redirection does to its file. */
export function judgeWrite(write: FileWrite): Judgement {
  if (isHarmlessFile(write.file)) return NOTHING;
  if (write.file.startsWith('/dev/') && !write.file.startsWith('/dev/shm/'))
    return verdict(
      'destroys',
      `\`${write.operator} ${write.file}\` overwrites a device`,
      write.file,
    );
  if (write.empties)
    return verdict('destroys', `\`${write.operator} ${write.file}\` empties the file`, write.file);
  return verdict('writes', `\`${write.operator} ${write.file}\` writes a file`);
}
