/** A text without its percent-encoding; what could not be decoded stays as it is. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A text without the password of a URL, as it is written there and as it is meant. */
export function withoutPasswordOf(url: string, text: string): string {
  const password = /^[a-z][a-z0-9+.-]*:\/\/[^/@:]*:([^/]*)@/i.exec(url)?.[1] ?? '';
  return password === ''
    ? text
    : text.replaceAll(password, '***').replaceAll(percentDecoded(password), '***');
}
