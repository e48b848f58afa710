import type { FencePiece, Piece } from './pieces.ts';

/** What stands between the verb and what takes its place: at most so many words. */
const WORDS = String.raw`((?:\S{1,80}\s{1,3}){1,8}?)`;
/**
 * "Replace `shop-db` with the name of your database": words that the text says are to be replaced before a command is
 * run. With "with `b`" behind it, it tells of an edit to a file, and is none.
 */
const TOLD: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:replac(?:e|ing)|substitut(?:e|ing)|swap(?: out)?|chang(?:e|ing))\s{1,3}${WORDS}(?:with|by|for|to)\s{1,3}(?:your|the (?:actual|real|right|correct|appropriate|desired|own|name|id|number|address|path|ip|hostname|host|version|date|url|region|value|one)|whatever|an? (?:actual|real|valid|suitable))\b`,
    'gi',
  ),
  /\b(?:replace|substitute|change) (\S{1,80}) (?:with|by|for|to) the (?:[\w-]{1,20} ){0,2}(?:id|pid|uuid|name|number|address|path|version)\b/gi,
  /\bwhere\s{1,3}(\S{1,80})\s{1,3}(?:is|stands for)\s{1,3}(?:your|the (?:actual|name|id|number|address|path|ip|hostname|version|date|url|region|value) of)\b/gi,
  /(?:^|\s)(\S{1,80})\s{1,3}(?:is (?:only |just )?an? (?:placeholder|example name|example value)|(?:must|should|has to|needs to|is to) be replaced|stands for your)\b/gi,
  new RegExp(String.raw`\bersetz(?:en sie|e|t|en)\s{1,3}${WORDS}durch\s`, 'gi'),
  new RegExp(String.raw`\bremplac(?:ez|er|e)\s{1,3}${WORDS}par\s`, 'gi'),
  new RegExp(
    String.raw`\b(?:reemplace|reemplazar|reemplaza|sustituya|sustituir|sustituye|cambie|substitua|substituir|troque)\s{1,3}${WORDS}(?:por|pelo|pela|pelos|pelas)\s`,
    'gi',
  ),
  new RegExp(String.raw`\bsostitu(?:ire|isci|ite|isca)\s{1,3}${WORDS}con\s`, 'gi'),
  new RegExp(String.raw`\bvervang\s{1,3}${WORDS}door\s`, 'gi'),
  new RegExp(String.raw`\b(?:zamień|zastąp)\s{1,3}${WORDS}(?:na|przez|swoj\p{L}{1,4})\s`, 'giu'),
  new RegExp(String.raw`\b(?:ersätt|byt ut)\s{1,3}${WORDS}(?:med|mot)\s`, 'gi'),
  new RegExp(String.raw`(?:замените|заменить|замініть|замінити)\s{1,3}${WORDS}на\s`, 'giu'),
  /(?:请)?[将把]\s{0,2}([\w.@:/-]{2,80})\s{0,2}(?:替换|换成|改为|更换)/gu,
  /([\w.@:/-]{2,80})\s{0,2}を[^。\n]{1,40}(?:置き換え|置換|変更して|読み替え)/gu,
  /([\w.@:/-]{2,80})\s{0,2}[을를](?:\s{0,2}[^.\n]{1,40}\s)?(?:바꾸|교체|대체|변경)/gu,
];

/** Words of sentences, and what has a spelling of its own that is asked for already. */
const NONE =
  /^(?:it|this|that|these|them|the|all|any|each|and|or|und|et|y|e|en|och|i|и|[<[{$(-].*)$/iu;
const MANY = 50;

/** Words that the page tells to replace, with the 1-based lines that say so. Linear in the page. */
export function toldWords(pieces: readonly Piece[]): ReadonlyMap<string, number> {
  const told = new Map<string, number>();
  const texts = pieces.flatMap((piece) => {
    if (piece.kind === 'paragraph' || piece.kind === 'item')
      return [{ text: piece.text.slice(0, 2000), line: piece.line }];
    return piece.kind === 'fence' ? remarksIn(piece) : [];
  });
  // What the page says nowhere is looked for in none of its pieces: hundreds of calls of each expression less.
  const page = texts.map(({ text }) => text).join('\n');
  const patterns = TOLD.filter((pattern) => page.search(pattern) >= 0);
  if (patterns.length === 0) return told;
  for (const { text, line } of texts)
    for (const pattern of patterns)
      for (const [, words = ''] of text.matchAll(pattern))
        for (const word of words.split(/[\s,，、]+/)) {
          const bare = word.replace(/^["'“”„«»`]{1,2}|["'“”„«»`.:;]{1,2}$/g, '');
          if (bare.length < 2 || NONE.test(bare) || told.size >= MANY) continue;
          told.set(bare, told.get(bare) ?? line);
        }
  return told;
}

const REMARK = /(?:^|\s)(?:#{1,3}|--)\s(?=\S)/;

/** What the comments of a script say: "# Replace 4711 with the number of the process". */
function remarksIn({ text, textLine }: FencePiece): readonly { text: string; line: number }[] {
  if (
    !/replac|substitut|swap|chang|placeholder|stands for|ersetz|remplac|reempla|sustitu|замен/i.test(
      text,
    )
  )
    return [];
  return text.split('\n').flatMap((line, at) => {
    const remark = REMARK.exec(line.slice(0, 400));
    return remark === null
      ? []
      : [{ text: line.slice(remark.index + remark[0].length), line: textLine + at }];
  });
}

/** The first of these words that a text has as a word of its own outside its comments; `undefined`: none. */
export function toldIn(
  text: string,
  told: ReadonlyMap<string, number>,
): { readonly word: string; readonly line: number } | undefined {
  if (told.size === 0) return undefined;
  const typed = text.replace(/(^|\s)(?:#+|--)\s\S.*$/gm, '$1');
  for (const [word, line] of told) if (hasWord(typed, word)) return { word, line };
  return undefined;
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before = '', after = ''] = [text[at - 1], text[at + word.length]];
    if (!/[\w$-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
}
