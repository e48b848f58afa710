import { exclaimedOf } from './callouts.ts';

/** The head of a box whose text is indented below it. */
export interface Box {
  /** The line as markdown. */
  readonly said: string;
  readonly quote: boolean;
}

const TAB = /^[ \t]*===[!+]? +(?:"([^"\n]*)"|'([^'\n]*)')[ \t]*$/;
/** A tab or box of MkDocs that begins at this line. */
export function boxOf(line: string): Box | undefined {
  const tab = TAB.exec(line);
  if (tab) return { said: labelled(tab[1] ?? tab[2] ?? ''), quote: false };
  const box = exclaimedOf(line);
  if (box === undefined) return undefined;
  return { said: `> [!${box.word.toUpperCase()}] ${box.title}`.trimEnd(), quote: true };
}

/** A label as it stands over what belongs to it. */
export const labelled = (label: string): string => {
  const text = label.replace(/[*_`<>[\]]/g, '').trim();
  return text === '' ? '' : `**${text}**`;
};
