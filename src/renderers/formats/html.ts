import { safeText } from '../../text/safe-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Untrusted text as text or attribute value of HTML or XML; the two code points that XML knows no way to write are replaced. */
export function escapeHtml(text: string): string {
  return safeText(text).replace(
    /[&<>"'\ufffe\uffff]/g,
    (character) => ENTITIES[character] ?? '\ufffd',
  );
}
