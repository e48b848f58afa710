import type { Canvas } from './canvas.ts';

/** The page's own text up to a stop, set for the screen, with a blank line behind it; nothing where there is none. */
export function leadLines(markdown: string, canvas: Canvas): readonly string[] {
  if (markdown.trim() === '') return [];
  const lines = canvas.prose(markdown, canvas.width);
  return lines.length === 0 ? [] : ['', ...lines];
}
