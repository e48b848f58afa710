/** A word as a POSIX shell reads it back: bare where that is safe, else in single quotes. */
export function shellWord(word: string): string {
  if (/^[A-Za-z0-9_./:=@,+#-]+$/.test(word) && !word.startsWith('#')) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
