import { nearest } from '../../text/nearest.ts';
import { type Annotations, isAnnotation, isOwn } from '../model/annotations.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { annotationWords } from './annotation-words.ts';
import { mergeAnnotations, readAnnotations } from './annotations-reader.ts';
import { similarityOf } from './expectations.ts';
import type { HeadingPiece, Piece } from './pieces.ts';
import type { Outline } from './surroundings.ts';

/** What the comments of a runbook say about the pieces below them. */
export interface CommentReading {
  /** By piece: what a comment directly above it says. */
  readonly of: ReadonlyMap<Piece, Annotations>;
  /** By procedure index: its own, its outer headings' and the document's. */
  readonly inherited: readonly Annotations[];
  /** By procedure index: the longest that it may take (`procedure-timeout`). */
  readonly limits: readonly (number | undefined)[];
  /** Said before the first heading: holds everywhere. */
  readonly everywhere: Annotations;
  /** By piece: an Innovation Engine comment above it. */
  readonly similarity: ReadonlyMap<Piece, { readonly regex: string | null }>;
  /** Of Innovation Engine's comments: variables with the values that they have until something sets them. */
  readonly variables: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `<!-- handrail: … -->` comments and finds what each stands before. */
export async function readComments(
  outline: Outline,
  lines: readonly string[],
  bodyStart: number,
): Promise<CommentReading> {
  const of = new Map<Piece, Annotations>();
  const similarity = new Map<Piece, { readonly regex: string | null }>();
  const variables: Record<string, string> = {};
  const diagnostics: Diagnostic[] = [];
  let everywhere: Annotations = {};
  let pending: Annotations = {};
  let near: { readonly regex: string | null } | null = null;
  let nearLine = 0;
  let pendingLine = 0;
  for (const piece of outline.pieces) {
    if (piece.kind !== 'html') {
      if (Object.keys(pending).length > 0) of.set(piece, pending);
      if (near && piece.kind === 'fence') similarity.set(piece, near);
      else if (near) diagnostics.push(dangling(nearLine));
      pending = {};
      near = null;
      continue;
    }
    Object.assign(variables, variablesIn(piece.value));
    diagnostics.push(...misspelt(piece.value, piece.line));
    const said = similarityOf(piece.value);
    if (said?.wrong) diagnostics.push(nearMiss(piece.line));
    else if (said) {
      near = said;
      nearLine = piece.line;
    }
    for (const match of piece.value.matchAll(
      /<!--\s{0,20}handrail\s{0,20}:((?:(?!<!--)[\s\S])*?)-->/gi,
    )) {
      if (isBlockMark(match[1] ?? '')) continue;
      const line = piece.line + piece.value.slice(0, match.index).split('\n').length - 1;
      const read = readAnnotations(annotationWords(match[1] ?? ''), line, 'comment');
      diagnostics.push(...read.diagnostics);
      if (read.annotations.infer) everywhere = { ...everywhere, infer: true };
      pending = mergeAnnotations(pending, read.annotations);
      pendingLine = line;
    }
  }
  if (near) diagnostics.push(dangling(nearLine));
  diagnostics.push(...unreadAmongWords(outline.pieces, lines, bodyStart));
  const [left] = Object.keys(pending).filter((word) => word !== 'infer' && word !== 'allow');
  if (left !== undefined) diagnostics.push(beforeNothing(left, pendingLine));
  const inherited = inheritedBy(outline, of, everywhere);
  const limits = outline.procedures.map(({ heading }) => of.get(heading)?.['procedure-timeout']);
  return { of, inherited, limits, everywhere, similarity, variables, diagnostics };
}

/** What an export of a timeline puts around its blocks says nothing about steps. */
function isBlockMark(words: string): boolean {
  return /^timeline:(?:begin|end)\s/.test(words);
}

/** `<!-- handrial: timeout=5m -->`, `<!-- handrail timeout=5m -->`: a word of ours behind a name that is nearly ours. */
function misspelt(html: string, line: number): readonly Diagnostic[] {
  const opened =
    /<!--\s{0,20}([a-z]{6,10})(?:\s{0,20}:\s{0,20}|\s{1,20})([a-z-]{2,20})(?=[\s=.:])/gi;
  return [...html.matchAll(opened)].flatMap((match) => {
    const [whole, name = '', word = ''] = match;
    const isNear = nearest(name.toLowerCase(), ['handrail']) !== undefined;
    const isRead = name.toLowerCase() === 'handrail' && whole.includes(':');
    if (isRead || !isNear || !isAnnotation(word)) return [];
    return [
      {
        rule: 'annotation',
        severity: 'error',
        line: line + html.slice(0, match.index).split('\n').length - 1,
        column: 1,
        message: 'This comment looks like an annotation, and nothing reads it.',
        hint: `Write \`<!-- handrail: ${word}… -->\`.`,
      },
    ];
  });
}

/** Comments of ours in a line of other words, and in marks that only other tools take for a comment. */
function unreadAmongWords(
  pieces: readonly Piece[],
  lines: readonly string[],
  bodyStart: number,
): readonly Diagnostic[] {
  const candidates = lines.flatMap((text, at) => {
    const plain = text.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length));
    return [...plain.matchAll(COMMENT)]
      .filter(([, word = '', given]) => at >= bodyStart && (isAnnotation(word) || given === '='))
      .map(({ index }) => ({ line: at + 1, column: index + 1 }));
  });
  if (candidates.length === 0) return [];
  const read = pieces.filter(({ kind }) => kind === 'html' || kind === 'fence');
  return candidates
    .filter(({ line }) => !read.some((piece) => piece.line <= line && line <= piece.endLine))
    .map((where) => ({
      rule: 'annotation',
      severity: 'error',
      ...where,
      message: 'This comment looks like an annotation, and nothing reads it where it stands.',
      hint: 'Write it as `<!-- handrail: … -->` on a line of its own, directly above what it is said of.',
    }));
}

const COMMENT =
  /(?:<!--|\{\/\*|\{#|\{%\s{0,9}comment\s{0,9}%\}|\[(?:\/\/|comment|_|#)\]:\s{1,9}(?:#|<>)?\s{0,9}[("'])\s{0,20}handrail\s{0,9}:\s{0,20}([a-z-]{2,30})(=?)/gi;

/** `export NAME=value` in a `variables` fence inside a comment. What a shell would have to work out is no value. */
function variablesIn(html: string): Readonly<Record<string, string>> {
  const inside = /^[ \t]{0,9}```variables[^\n]*\n([^`]*)```/m.exec(html)?.[1];
  if (inside === undefined || !html.startsWith('<!--')) return {};
  const found = inside.split('\n').flatMap((line) => {
    const match =
      /^\s*(?:export\s+)?([A-Za-z_]\w*)=(?:"([^"$`\\]*)"|'([^']*)'|([^\s"'$`\\]*))\s*$/.exec(line);
    const [, name = '', double, single, bare] = match ?? [];
    return name === '' ? [] : [[name, double ?? single ?? bare ?? ''] as const];
  });
  return Object.fromEntries(found);
}

function inheritedBy(
  outline: Outline,
  of: ReadonlyMap<Piece, Annotations>,
  everywhere: Annotations,
): readonly Annotations[] {
  if (of.size === 0 && Object.keys(everywhere).length === 0) return [];
  const byId = new Map<string, Annotations>();
  return outline.procedures.map(({ heading, procedure, ancestors }) => {
    const outer = byId.get(ancestors.at(-1) ?? '') ?? everywhere;
    const merged = mergeAnnotations(outer, passedOn(of.get(heading satisfies HeadingPiece) ?? {}));
    byId.set(procedure.id, merged);
    return merged;
  });
}

function passedOn(annotations: Annotations): Annotations {
  const kept = Object.entries(annotations).filter(([key]) => isAnnotation(key) && !isOwn(key));
  return Object.fromEntries(kept);
}

function nearMiss(line: number): Diagnostic {
  return {
    rule: 'expectation-near-miss',
    severity: 'warning',
    line,
    column: 1,
    message: 'This comment looks like an expectation, and nothing reads it.',
    hint: 'Write `<!-- expected_similarity=0.8 -->` or `="regex"`.',
  };
}

const beforeNothing = (word: string, line: number): Diagnostic => ({
  rule: 'annotation',
  severity: 'error',
  line,
  column: 1,
  message: `The annotation \`${word}\` means nothing here: nothing stands below it.`,
  hint: 'Put the comment directly above what it is said of.',
  word,
});

/** A comment that says how the fence below it is to be compared, above no fence. */
const dangling = (line: number): Diagnostic => ({
  rule: 'expectation-near-miss',
  severity: 'warning',
  line,
  column: 1,
  message: 'This comment says how an output is compared, and no fence stands below it.',
  hint: 'Put the expected output into a fence below the comment.',
});
