import type { ShellCommand } from '../model/shell-facts.ts';

const PROGRAMS =
  /(?:^|\/)(?:s?bin|libexec|scripts?|tools|init\.d|cgi-bin|hooks|tests?)\/|\.(?:sh|bash|py|pl|rb|js|php|run|bin|exe|jar|command)$/i;
/** Where no programs are kept. */
const KEPT =
  /^(?:~\/|\/)(?:etc|var|home|root|srv|data|mnt|media|boot|dev|proc|sys|run|tmp|\.[a-z])|\/$|\.(?:conf|cfg|ya?ml|json|toml|ini|log|txt|pem|crt|key|db|sql|env|gz)$/i;

/**
 * The first of the paths that a script consists of, where they are folders and files and no programs: what a command
 * leaves behind, listed. `''`: it is no such list. Linear.
 */
export function heldIn(commands: readonly ShellCommand[]): string {
  const [first] = commands;
  if (first === undefined || commands.length < FEWEST) return '';
  const isHeld = ({ name, args, sudo }: ShellCommand): boolean =>
    !sudo && args.length === 0 && /^[~/]/.test(name) && KEPT.test(name) && !PROGRAMS.test(name);
  return commands.every(isHeld) ? `\`${first.name}\`` : '';
}

const FEWEST = 2;
