import type { Element } from 'hast';
import type { RenderedFile } from '../../engine/contracts/renderer.ts';
import { sha256Of } from '../../text/sha256.ts';
import { codeBlock } from './code-block.ts';
import { element } from './element.ts';
import { relativeTo } from './page-paths.ts';

const COLOURS = {
  light: { bg: '#ffffff', fg: '#1c2733', line: '#5b6b7c', accent: '#0b6b8a', muted: '#5b6b7c' },
  dark: { bg: '#14191f', fg: '#dde5ec', line: '#93a3b3', accent: '#63c1de', muted: '#93a3b3' },
} as const;

/** A drawn diagram: one file for each theme. */
interface Diagram {
  readonly light: RenderedFile;
  readonly dark: RenderedFile;
  /** In CSS pixels, so that the page keeps its place while it is loaded; `null` where it is not said. */
  readonly size: { readonly width: number; readonly height: number } | null;
}

/** A diagram as a figure of the page at that path of the site, and its files; `undefined` as of `drawDiagram`. */
export async function diagramFigure(
  text: string,
  from: string,
): Promise<{ readonly figure: Element; readonly files: readonly RenderedFile[] } | undefined> {
  const diagram = await drawDiagram(text);
  if (!diagram) return undefined;
  const image = (file: RenderedFile, theme: string): Element =>
    element('img', {
      className: [theme],
      src: relativeTo(from, file.path),
      alt: theme === 'only-light' ? 'Diagram, its source is below' : '',
      ...diagram.size,
    });
  const figure = element(
    'figure',
    { className: ['diagram'] },
    element(
      'div',
      { className: ['scroll'], tabIndex: 0, role: 'group', ariaLabel: 'Diagram' },
      image(diagram.light, 'only-light'),
      image(diagram.dark, 'only-dark'),
    ),
    element(
      'details',
      {},
      element('summary', {}, 'Source of the diagram'),
      codeBlock(text, '', null),
    ),
  );
  return { figure, files: [diagram.light, diagram.dark] };
}

/** Draws a Mermaid diagram; `undefined` when its kind is not known or its text is wrong. */
async function drawDiagram(source: string): Promise<Diagram | undefined> {
  const { renderMermaidSVG } = await import('beautiful-mermaid');
  const name = sha256Of(source).slice(0, 16);
  const draw = (theme: 'light' | 'dark'): RenderedFile => {
    const svg = renderMermaidSVG(statements(source), { ...COLOURS[theme], font: 'sans-serif' });
    const content = svg.replace(/@import url\([^()]*\);?/g, '');
    return { path: `_/diagrams/${name}-${theme}.svg`, content };
  };
  try {
    const light = draw('light');
    return { light, dark: draw('dark'), size: sizeOf(String(light.content)) };
  } catch {
    return undefined;
  }
}

/** A flowchart with a statement a line: `;` ends one too, outside of labels. */
function statements(source: string): string {
  if (!/^\s*(?:graph|flowchart)\b/.test(source)) return source;
  let quoted = false;
  let depth = 0;
  return Array.from(source, (sign) => {
    if (sign === '"') quoted = !quoted;
    else if (!quoted && '[({'.includes(sign)) depth += 1;
    else if (!quoted && '])}'.includes(sign)) depth -= 1;
    return sign === ';' && !quoted && depth <= 0 ? '\n' : sign;
  }).join('');
}

function sizeOf(svg: string): Diagram['size'] {
  const [, width, height] =
    /viewBox="0 0 ([\d.]{1,9}) ([\d.]{1,9})"/.exec(svg.slice(0, 1000)) ?? [];
  if (width === undefined || height === undefined) return null;
  return { width: Math.round(Number(width)), height: Math.round(Number(height)) };
}
