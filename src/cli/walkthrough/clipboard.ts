const MOST_COPIED = 74_994;

/** A text for the clipboard of whoever sits at the terminal (OSC 52); what is longer is cut at the front. */
export function clipboard(text: string): string {
  const bytes = Buffer.from(text);
  const kept = bytes.subarray(Math.max(0, bytes.length - MOST_COPIED));
  return `\u001b]52;c;${kept.toString('base64')}\u0007`;
}
