/** A word as a POSIX shell reads it back: bare where that is safe, else in single quotes. */
export function shellWord(word: string): string {
  if (/^[A-Za-z0-9_./:=@,+#-]+$/.test(word) && !word.startsWith('#')) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A word of a systemd `ExecStart=` line: `%` and `$` doubled, in double quotes where needed. */
export function systemdWord(word: string): string {
  const escaped = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  if (/^[A-Za-z0-9_./:=@,+#$%-]+$/.test(escaped)) return escaped;
  return `"${escaped.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
