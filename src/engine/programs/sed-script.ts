/** Whether a `sed` script only edits what passes through: no `w`, no `e`, nothing that cannot be followed. */
export function onlyEdits(script: string): boolean {
  let at = 0;
  const until = (delimiter: string): boolean => {
    let isClass = false;
    for (; at < script.length; at += 1) {
      const letter = script[at];
      if (letter === '\\') at += 1;
      else if (letter === '[' && !isClass) isClass = true;
      else if (letter === ']' && isClass) isClass = false;
      else if (letter === delimiter && (!isClass || script.indexOf(']', at) < 0)) {
        at += 1;
        return true;
      }
    }
    return false;
  };
  const skip = (letters: RegExp): string => {
    const from = at;
    while (at < script.length && letters.test(script[at] ?? '')) at += 1;
    return script.slice(from, at);
  };
  while (at < script.length) {
    skip(/[\s;{}]/);
    if (at >= script.length) return true;
    // Addresses: numbers, `$`, `/regex/`, `\cregexc`, joined by commas.
    for (let next = script[at] ?? ''; /[\d$/\\,!~+]/.test(next); next = script[at] ?? '') {
      at += 1;
      if (next === '\\') at += 1;
      if (next === '/' || next === '\\') {
        if (!until(next === '/' ? '/' : (script[at - 1] ?? '/'))) return false;
        skip(/[IM]/);
      }
      skip(/\s/);
    }
    const command = script[at] ?? '';
    at += 1;
    if (command === 's' || command === 'y') {
      const delimiter = script[at] ?? '';
      at += 1;
      if (!until(delimiter) || !until(delimiter)) return false;
      if (/[ewW]/.test(skip(/[A-Za-z0-9]/))) return false;
    } else if (/[aicrRbtT:#]/.test(command)) skip(/[^\n]/);
    else if (/[pPdDqQnNgGhHxlz=]/.test(command)) skip(/[\d ]/);
    else if (command !== '}' && command !== '{' && command !== '') return false;
  }
  return true;
}
