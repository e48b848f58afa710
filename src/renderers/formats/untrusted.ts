import { escapeHtml } from './html.ts';
import { inline } from './inline.ts';

/**
 * Text that handrail did not write, on its way into a template. A template that just prints it prints it
 * harmless for the place the template is made for, so that a user's own template is safe without knowing.
 */
export interface Untrusted {
  readonly text: string;
  toString(): string;
}

/** How a kind of file takes untrusted text; `null` stays `null`, so that a template can ask for it. */
export type Escape = <Text extends string | null | undefined>(
  text: Text,
) => Untrusted | (Text extends string ? never : null);

/** How a kind of file shows a block of untrusted lines. */
export type Blocks = (text: string) => string;

/** For a line of markdown. */
export const inMarkdown: Escape = (text) => untrusted(text, inline);

/** For HTML and XML. */
export const inHtml: Escape = (text) => untrusted(text, escapeHtml);

function untrusted<Text extends string | null | undefined>(
  text: Text,
  safe: (text: string) => string,
): Untrusted | (Text extends string ? never : null) {
  // The conditional type says what the line says: only a missing text gives null.
  if (text === null || text === undefined) return null as Text extends string ? never : null;
  return { text, toString: () => safe(text) };
}
