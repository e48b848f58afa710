/** Arguments that are no options and no values of options; everything behind `--`. */
export function operands(
  args: readonly string[],
  valued: ReadonlySet<string> = new Set(),
): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') return [...found, ...args.slice(at + 1)];
    if (valued.has(arg)) at += 1;
    else if (!arg.startsWith('-')) found.push(arg);
  }
  return found;
}

/** The value of the first option that fits, `--option value` or `--option=value`. */
export function optionValue(args: readonly string[], options: RegExp): string | undefined {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (options.test(arg)) return args[at + 1] ?? '';
    const inline = /^(--[\w-]+)=(.*)$/s.exec(arg);
    if (inline?.[1] !== undefined && options.test(inline[1])) return inline[2] ?? '';
  }
  return undefined;
}
