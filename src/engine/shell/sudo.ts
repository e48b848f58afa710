const WITH_VALUE = /^-(?:[ugpChrtTUDR]|-(?:user|group|prompt|chdir|host|role|type|close-from))$/;

/** Takes `sudo`/`doas` and its options off the front of a command's words. */
export function behindSudo(words: readonly string[]): {
  readonly sudo: boolean;
  readonly words: readonly string[];
} {
  if (words[0] !== 'sudo' && words[0] !== 'doas') return { sudo: false, words };
  let at = 1;
  while (at < words.length) {
    const word = words[at] ?? '';
    if (word === '--') {
      at += 1;
      break;
    }
    if (WITH_VALUE.test(word)) at += 2;
    else if (word.startsWith('-') || /^[A-Za-z_]\w*=/.test(word)) at += 1;
    else break;
  }
  // `sudo -i`, `sudo -s`, `sudo -v`: nothing behind it, so sudo itself is the command.
  return at < words.length ? { sudo: true, words: words.slice(at) } : { sudo: true, words };
}
