import { safeText } from '../../text/safe-text.ts';
import { longestRun } from './inline.ts';

/** Untrusted text as a fenced code block, its fence longer than any run of backticks inside. */
export function fence(text: string, language = 'text'): string {
  const safe = safeText(text).replace(/(?<!\n)\n+$/, '');
  const ticks = '`'.repeat(Math.max(3, longestRun(safe, '`') + 1));
  return `${ticks}${language}\n${safe}\n${ticks}`;
}
