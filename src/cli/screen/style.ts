import { styleText } from 'node:util';

/** What a piece of screen text says, whatever colour that is. */
export type Tone =
  | 'strong'
  | 'emphasis'
  | 'struck'
  | 'link'
  | 'heading'
  | 'code'
  | 'keyword'
  | 'string'
  | 'comment'
  | 'dim'
  | 'good'
  | 'bad'
  | 'careful'
  | 'note'
  /** Where the person is. */
  | 'here';

const FORMATS: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  strong: 'bold',
  emphasis: 'italic',
  struck: 'strikethrough',
  link: ['underline', 'cyan'],
  heading: 'bold',
  code: 'cyan',
  keyword: 'magenta',
  string: 'green',
  comment: 'gray',
  dim: 'dim',
  good: 'green',
  bad: ['bold', 'red'],
  careful: 'yellow',
  note: 'blue',
  here: ['bold', 'cyan'],
};

/** Puts a tone on a text. The text must be safe already. */
export type Style = (tone: Tone, text: string) => string;

/** The style of a screen: with colour, or every text as it is. */
export function screenStyle(colour: boolean): Style {
  if (!colour) return (_tone, text) => text;
  return (tone, text) =>
    text === '' ? '' : styleText(FORMATS[tone], text, { validateStream: false });
}

/** Whether a stream shows colour: a terminal, and neither NO_COLOR nor TERM=dumb; FORCE_COLOR (not 0) wins. */
export function wantsColour(
  stream: { readonly isTTY?: boolean } | undefined,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return stream?.isTTY === true && env['TERM'] !== 'dumb';
}
