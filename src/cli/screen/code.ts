import type { Style, Tone } from './style.ts';

interface Colouring {
  readonly comment: RegExp | null;
  readonly keywords: ReadonlySet<string>;
  readonly ignoreCase: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const SHELL: Colouring = {
  comment: /(?<=^|\s)#.*/,
  keywords: words(
    'if then else elif fi for while until do done case esac in function select return exit export local readonly set unset trap source cd eval exec sudo',
  ),
  ignoreCase: false,
};
const SQL: Colouring = {
  comment: /--.*/,
  keywords: words(
    'select from where and or not insert into update set delete create alter drop table index view join left right inner outer on as order by group having limit offset values begin commit rollback explain analyze with union distinct case when then else end null is in like grant revoke truncate vacuum returning',
  ),
  ignoreCase: true,
};
const DATA: Colouring = {
  comment: /(?<=^|\s)#.*/,
  keywords: words('true false null yes no'),
  ignoreCase: false,
};
const PROGRAM: Colouring = {
  comment: /(?<=^|\s)(?:#|\/\/).*/,
  keywords: words(
    'const let var function return if else for while import from export class def async await try except catch finally raise throw new in of with as lambda func package type interface struct true false None null nil True False',
  ),
  ignoreCase: false,
};

const LANGUAGES: Readonly<Record<string, Colouring>> = {
  ...Object.fromEntries(
    ['bash', 'sh', 'shell', 'zsh', 'ksh', 'console', 'shell-session', 'terminal', 'dockerfile'].map(
      (name) => [name, SHELL],
    ),
  ),
  ...Object.fromEntries(['sql', 'postgres', 'postgresql', 'pgsql'].map((name) => [name, SQL])),
  ...Object.fromEntries(
    ['json', 'yaml', 'yml', 'toml', 'ini', 'properties', 'hcl'].map((name) => [name, DATA]),
  ),
  ...Object.fromEntries(
    ['js', 'javascript', 'ts', 'typescript', 'python', 'py', 'go', 'ruby', 'php', 'java'].map(
      (name) => [name, PROGRAM],
    ),
  ),
};

const TOKEN = /"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z_][\w-]*/g;

/** One line of code with simple colours: comments, strings, keywords. The line must be safe already. */
export function colouredCode(line: string, language: string | null, style: Style): string {
  const colouring = LANGUAGES[(language ?? '').toLowerCase()];
  if (!colouring) return line;
  const at = commentStart(line, colouring);
  const code = line.slice(0, at).replace(TOKEN, (token) => {
    const tone = toneOf(token, colouring);
    return tone ? style(tone, token) : token;
  });
  return code + style('comment', line.slice(at));
}

/** Where the line's comment begins, strings left aside; its length when there is none. */
function commentStart(line: string, { comment }: Colouring): number {
  if (!comment) return line.length;
  const bare = line.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, (quoted) => '_'.repeat(quoted.length));
  const found = comment.exec(bare);
  return found ? found.index : line.length;
}

function toneOf(token: string, { keywords, ignoreCase }: Colouring): Tone | undefined {
  if (token.startsWith('"') || token.startsWith("'")) return 'string';
  return keywords.has(ignoreCase ? token.toLowerCase() : token) ? 'keyword' : undefined;
}
