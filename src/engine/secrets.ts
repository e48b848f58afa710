import { percentDecoded } from '../text/url.ts';
import type { InputDeclaration } from './model/frontmatter.ts';
import type { BoundInput } from './model/plan.ts';

const SECRET_WORD =
  /(?:^|[_.-])(?:token|tokens|secret|secrets|password|passwd|passphrase|passcode|pass|pwd|credential|credentials|apikey|key|keys|auth|cookie|bearer|private|signature|salt)(?:$|[_.-]|\d)/i;
const SECRET_PART =
  /token|secret|password|passwd|passphrase|credential|api_?key|private_?key|access_?key/i;
const NO_SECRET =
  /^(?:PWD|OLDPWD|SSH_AUTH_SOCK|XAUTHORITY|KEYMAP|COLORTERM)$|(?:^|_)(?:PUBLIC|PUB)_?KEY|KEYBOARD|KEYMAP|KEYSPACE|MONKEY|TURKEY|TOKENIZER|(?:_|^)(?:FILE|PATH|DIR|URL|HOST|NAME|SOCK|TTL|TIMEOUT|EXPIRES?|LENGTH|COUNT|ENABLED|TYPE|ALGORITHM|VERSION)$/i;
const COMMON_VALUE =
  /^(?:true|false|yes|no|on|off|none|null|auto|default|enabled|disabled|\d{1,5})$/i;

/** Whether a name says that its value is a secret: `API_TOKEN`, `db_password`, `SIGNING_KEY`. */
export function isSecretName(name: string): boolean {
  if (NO_SECRET.test(name)) return false;
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return SECRET_WORD.test(words) || SECRET_PART.test(name);
}

/** A secret that stands in a text as it is. */
export interface LiteralSecret {
  readonly value: string;
  /** What it looks like: "a GitHub token". */
  readonly what: string;
  readonly start: number;
  readonly end: number;
  /** May as well be said of a secret ("password: required"): it is one where it is given, and no finding. */
  readonly onlyGiven: boolean;
}

/**
 * Shapes of well-known secrets; the first group is the secret itself. Each comes with words of which it never lacks one, in
 * small letters: to compile an expression costs more than to look for a word, and most steps have none of them (2 ms of the
 * 40 that `check` of a known page takes).
 */
const SHAPES: readonly (readonly [
  shape: RegExp,
  what: string,
  words: readonly string[],
  isOne?: (value: string) => boolean,
  onlyGiven?: (value: string) => boolean,
])[] = [
  [/\b((?:AKIA|ASIA)[A-Z0-9]{16})\b/g, 'an AWS access key', ['akia', 'asia']],
  [
    /(?<![A-Za-z0-9_])(gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{30,255})(?!\w)/g,
    'a GitHub token',
    ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  ],
  [/\b(glpat-[A-Za-z0-9_-]{20,255})/g, 'a GitLab token', ['glpat-']],
  [/(?<![A-Za-z0-9-])(xox[abeprs]-[A-Za-z0-9-]{10,255})/g, 'a Slack token', ['xox']],
  [
    /(?<![A-Za-z0-9_])([sr]k_(?:live|test)_[A-Za-z0-9]{16,255})(?!\w)/g,
    'a Stripe key',
    ['k_live_', 'k_test_'],
  ],
  [/\b(sk-(?:proj-|ant-)?[A-Za-z0-9_-]{20,255})/g, 'an API key', ['sk-']],
  [/\b(AIza[A-Za-z0-9_-]{35})/g, 'a Google API key', ['aiza']],
  [/\b(npm_[A-Za-z0-9]{36})\b/g, 'an npm token', ['npm_']],
  [
    /(?<![A-Za-z0-9_-])(eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,})/g,
    'a JSON web token',
    ['eyj'],
  ],
  [
    /(-----BEGIN (?:[A-Z]{1,20} ){0,3}PRIVATE KEY-----(?:[^-]|-(?!----)){0,20000}-----END (?:[A-Z]{1,20} ){0,3}PRIVATE KEY-----)/g,
    'a private key',
    ['private key'],
  ],
  [
    /(?<=[a-z0-9+.-]):\/\/[^\s/:@'"<>{}$]{0,200}:([^\s/@:'"<>{}$]{3,200})@/gi,
    'a password in a URL',
    ['://'],
  ],
  [
    /\bAuthorization:\s*(?:Bearer|Basic|Token)\s+([A-Za-z0-9+/=._~-]{12,4000})/gi,
    'a credential in a header',
    ['authorization:'],
  ],
  // In quotes the value is all that stands between them.
  // Quotes of the other kind, and escaped ones, belong to it.
  [
    /\s--?(?:[a-z]{1,30}-)?(?:password|passwd|passphrase|pass|token|secret|secret-key|api-?key|access-key|client-secret|auth-token)[= ]"((?:[^\s"\\$`<>{}]|\\[^\s<>{}]){4,500})"/gi,
    'a literal secret',
    ['pass', 'token', 'secret', 'key'],
  ],
  [
    /\s--?(?:[a-z]{1,30}-)?(?:password|passwd|passphrase|pass|token|secret|secret-key|api-?key|access-key|client-secret|auth-token)[= ]'([^\s'<>{}]{4,500})'/gi,
    'a literal secret',
    ['pass', 'token', 'secret', 'key'],
  ],
  [
    /\b[A-Za-z_]{0,60}(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PASS|PWD|PASSPHRASE|CREDENTIALS?|PRIVATE_?KEY|AUTH_?KEY)[A-Z_]{0,20}='([^'\n`<>{}$]{6,500})'/gi,
    'a literal secret',
    ["='"],
  ],
  [
    /\b[A-Za-z_]{0,60}(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY)[A-Z_]{0,20}=["']?([^\s"'$`<>{}();&|]{8,500})/gi,
    'a literal secret',
    ['pass', 'secret', 'token', 'key'],
  ],
  // Short ones, and words: a variable of that name holds nothing else, nor does a connection string.
  [
    /(?<![\w$.-])(?:[A-Z][A-Z0-9]{0,30}_){0,6}(?:PG|REDISCLI_?)?(?:PASSWORD|PASSWD|PASS|PWD|AUTH|SECRET|TOKEN|API_?KEY|PASSPHRASE)=["']?([^\s"'$`<>{}();&|=]{4,500})(?=[\s"';&|)]|$)/g,
    'a literal secret',
    ['pass', 'pwd', 'auth', 'secret', 'token', 'key'],
    isNoSetting,
  ],
  [
    /(?<![\w$.-])(?:password|passwd)=["']?([^\s"'$`<>{}();&|=,]{4,500})(?=[\s"';&|),]|$)/gi,
    'a literal secret',
    ['pass'],
    isNoSetting,
  ],
  [
    /\s--?(?:password|passwd|token|secret|api-?key)[= ]["']?([^\s"'$`<>{}();&|-][^\s"'$`<>{}();&|]{5,500})/gi,
    'a literal secret',
    ['pass', 'token', 'secret', 'key'],
  ],
  [
    /\b[A-Za-z_]{0,60}(?:PASS|PWD|PASSPHRASE|CREDENTIALS?|PRIVATE_?KEY|AUTH_?KEY)=["']?([^\s"'$`<>{}();&|]{6,500})/gi,
    'a literal secret',
    ['pass', 'pwd', 'credential', 'key'],
  ],
  [
    /\b(?:masterauth|requirepass|masterpass|sentinel\s{1,9}auth-pass\s{1,9}\S{1,80}|IDENTIFIED\s{1,9}BY|PASSWORD)\s{1,9}["']([^\s"'$`<>{}]{4,500})["']/gi,
    'a literal secret',
    ['masterauth', 'pass', 'identified'],
  ],
  [
    /\s--?(?:[a-z]{1,30}-)?(?:password|passwd|passphrase|pass|token|secret|secret-key|api-?key|access-key|client-secret|auth-token)[= ]["']([^\s"'$`<>{}]{4,500})["']/gi,
    'a literal secret',
    ['pass', 'token', 'secret', 'key'],
  ],
  [
    /\b(?:X-[A-Za-z-]{0,30}(?:Key|Token|Secret|Auth)|Private-Token|Api-?Key|DD-API-KEY)\s{0,9}:\s{0,9}([^\s"'$`<>{}]{8,500})/gi,
    'a credential in a header',
    ['key', 'token', 'secret', 'auth'],
  ],
  [
    /\blogin\s[^\n|;&]{0,200}?\s-p[= ]{1,9}["']?([^\s"'$`<>{}();&|-][^\s"'$`<>{}();&|]{3,500})/g,
    'a literal secret',
    ['login'],
  ],
  [
    /\bhttps:\/\/(?:hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)|(?:[\w-]{1,60}\.)?(?:webhook\.office|outlook\.office(?:365)?)\.com\/webhook(?:b2)?|(?:(?:ptb|canary)\.)?discord(?:app)?\.com\/api(?:\/v\d{1,2})?\/webhooks)\/([\w@./=-]{16,400})/gi,
    'the address of a webhook',
    ['https://'],
  ],
  [/\bapi\.telegram\.org\/bot(\d{6,12}:[\w-]{30,60})/g, 'a Telegram token', ['api.telegram.org']],
  [
    /[?&](?:sig|key|token|access_token|api_?key)=([\w%.~+/=-]{16,300})/gi,
    'a credential in an address',
    ['sig=', 'key=', 'token='],
  ],
  [
    /\bnet\s{1,9}use\s{1,9}(?:[A-Za-z*]:?\s{1,9})?\\\\\S{1,200}\s{1,9}(?:\/persistent:\w{2,3}\s{1,9})?\/user:\S{1,100}\s{1,9}["']?(?!\/)([^\s"'$`<>{}();&|%*]{4,200})/gi,
    'a literal secret',
    ['/user:'],
  ],
  [
    /\bnet\s{1,9}use\s{1,9}(?:[A-Za-z*]:?\s{1,9})?\\\\\S{1,200}\s{1,9}["']?(?!\/)([^\s"'$`<>{}();&|%*]{4,200})["']?\s[^\n|;&]{0,200}?\/user:/gi,
    'a literal secret',
    ['/user:'],
  ],
  [
    /\bnet\s{1,9}user\s{1,9}[\w.-]{1,60}\s{1,9}["']?(?!\/)([^\s"'$`<>{}();&|%*]{4,200})/gi,
    'a literal secret',
    ['net'],
  ],
  [/\s\/pass(?:word)?:["']?([^\s"'$`<>{}();&|%*]{4,200})/gi, 'a literal secret', ['/pass']],
  [
    /\b(?:kinit|passwd|chpasswd|cryptsetup|sudo -S|su|login)(?: [\w@.:/-]{1,80}){0,6} ?<<< ?["']?([^\s"'$`<>{}|;&]{4,200})/g,
    'a literal secret',
    ['<<<'],
  ],
  [
    /\bConvertTo-SecureString\s{1,9}(?:-String\s{1,9})?["']([^"'\s$`<>{}]{4,500})["']/gi,
    'a literal secret',
    ['securestring'],
  ],
  [
    /\$(?:env:)?[A-Za-z_]{0,60}(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PASS|PWD|PASSPHRASE)[A-Z_]{0,20}\s{0,9}=\s{0,9}["']([^"'\s$`<>{}]{4,500})["']/gi,
    'a literal secret',
    ['pass', 'secret', 'token', 'key', 'pwd'],
  ],
  [/\s\/rp\s{1,9}["']?([^\s"'$`<>{}();&|%*]{4,200})/gi, 'a literal secret', ['/rp']],
  [
    /aws_secret_access_key[ \t]{1,4}["']?([A-Za-z0-9/+=]{16,})/g,
    'a literal secret',
    ['aws_secret_access_key'],
  ],
  // A member of JSON, an element of XML, a line of properties or of YAML, a variable of a container.
  [
    /["'][\w.-]{0,60}(?:passw(?:or)?d|passphrase|passwort|pwd|pass)\\{0,3}["']\s{0,3}(?::|=>?)\s{0,3}\\{0,3}["']([^\s"'\\$`<>{}]{4,200})\\{0,3}["']/gi,
    'a literal secret',
    ['pass', 'pwd'],
    isNoSetting,
  ],
  [
    /["'][\w.-]{0,60}(?:secret|token|api[_-]?key)\\{0,3}["']\s{0,3}(?::|=>?)\s{0,3}\\{0,3}["']([^\s"'\\$`<>{}]{6,200})\\{0,3}["']/gi,
    'a literal secret',
    ['secret', 'token', 'key'],
    isNoSetting,
    isLikeWords,
  ],
  [
    /<[\w:.-]{0,60}(?:passw(?:or)?d|passphrase|secret|token|api-?key)(?:\s[^<>]{1,100})?>([^\s<>$`{}]{4,200})<\//gi,
    'a literal secret',
    ['</'],
    isNoSetting,
  ],
  [
    /(?:name|key)=["'][\w.-]{0,60}(?:passw(?:or)?d|passphrase)["'](?:\s{1,9}value=["']|>)([^\s"'<>$`{}]{4,200})/gi,
    'a literal secret',
    ['pass'],
    isNoSetting,
  ],
  [
    /(?<![\w$.-])[\w.-]{0,80}(?:passw(?:or)?d|passphrase|passwort)[ \t]?=[ \t]?["']?([^\s"'$`<>{}()[\];&|=,]{4,200})(?=[\s"';&|),]|$)/gi,
    'a literal secret',
    ['pass'],
    isNoSetting,
  ],
  [
    /name:[ \t]{1,4}["']?\w{0,60}(?:PASSW(?:OR)?D|PASSPHRASE|SECRET|TOKEN|API_?KEY)["']?[ \t]{0,4}\n[ \t]{0,40}value:[ \t]{1,4}["']?([^\s"'$`<>{}]{4,200})/gi,
    'a literal secret',
    ['value:'],
    isNoSetting,
  ],
  [
    /(?<![\w$.])[A-Z0-9_]{0,60}(?:PASSWORD|PASSWD|PASSPHRASE|PWD):[ \t]{1,9}["']?([^\s"'$`<>{}()[\]|,;*/-][^\s"'$`<>{}()|,;*/]{3,200})["']?(?=[ \t]{0,9}(?:$|["',}#\\]))/gm,
    'a literal secret',
    ['pass', 'pwd'],
    isNoSetting,
  ],
  [
    /(?<![\w$.-])[\w.-]{0,60}(?:passw(?:or)?d|passphrase|passwort|pwd):[ \t]{1,9}["']?([^\s"'$`<>{}()[\]|,;*/-][^\s"'$`<>{}()|,;*/]{2,200}[^\s"'$`<>{}()|,;*/.:?!])["']?(?=\.?[ \t]{0,9}(?:$|["',}#\\]))/gim,
    'a literal secret',
    ['pass', 'pwd'],
    isNoSetting,
    isLikeWords,
  ],
  // Said of a password, in a sentence, JSON or YAML: what no word of a language looks like (`hunter2`, `x!y`), or stands as code.
  [
    /(?:pass ?(?:word|phrase|code|wort)|passwd|kennwort|contraseña|mot de passe|senha|hasło|пароль|パスワード|密码|api[ _-]?key)[\w-]{0,20}["'`*_]{0,4}\s{0,3}(?::|=|is|was|ist|lautet|es|est|é|is now|は)[\s"'*_]{0,5}([^\s"'`$<>{}()|,;*_/-][^\s"'`$<>{}()|,;]{3,198}[^\s"'`$<>{}()|,;.:?*_])/giu,
    'a literal secret',
    ['pass', 'kennwort', 'contraseña', 'senha', 'hasło', 'пароль', 'パスワード', '密码', 'key'],
    isUnlikeWords,
  ],
  [
    /(?:pass ?(?:word|phrase|code|wort)|passwd|kennwort|contraseña|mot de passe|senha|hasło|пароль|パスワード|密码)["*_]{0,4}\s{0,3}(?::|=|is|was|ist|lautet|es|est|é|は)[\s*_]{0,5}`([^\s"'`$<>{}()|,;/.-][^\s`$<>{}()|/]{3,100})`/giu,
    'a literal secret',
    ['pass', 'kennwort', 'contraseña', 'senha', 'hasło', 'пароль', 'パスワード', '密码'],
  ],
  // Nothing but a blank between: capitals, small letters and digits in one word.
  [
    /\bpass(?:word|phrase|code|wort) ["'`]?([A-Za-z][^\s"'`$<>{}()|,;:=/]{4,198}[A-Za-z\d!#%^&*+~?])/g,
    'a literal secret',
    ['pass'],
    (value) =>
      isUnlikeWords(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value),
  ],
  [
    /\b(?:echo|printf)\s{1,9}(?:-[ne]{1,2}\s{1,9}|['"]?%s(?:\\n)?['"]?\s{1,9})?["']?([^\s"'$`<>{}|;&]{6,200})["']?\s{0,9}\|\s{0,9}(?:sudo\s{1,9}-S|(?:sudo\s{1,9})?(?:passwd|chpasswd|kinit|cryptsetup|su|(?:docker|podman|helm|gh|npm)\s[^\n|]{0,80}login))\b/g,
    'a literal secret',
    ['|'],
  ],
];
const PLACEHOLDER =
  /^(?:your|my|the|some|change|replace|xxx|\*|\.\.\.|example|sample|dummy|test|pass(?:word|wd)?$|secret$|token$|user$|file:|env:|\/)|placeholder|changeme|redacted|[-_]here$/i;

function isNoSetting(value: string): boolean {
  return !isSetting(value);
}

function isLikeWords(value: string): boolean {
  return !isUnlikeWords(value);
}

/** What no word of a language looks like: a digit behind a letter, a sign between two; `base64` and `sha-256` are names. */
export function isUnlikeWords(value: string): boolean {
  if (/^(?:base|sha|md|utf|aes|rsa)-?\d/i.test(value)) return false;
  const letter = value.search(/\p{L}/u);
  return (
    (letter >= 0 && /\d/.test(value.slice(letter))) || /[\p{L}\d][!#%^&*+~?][\p{L}\d]/u.test(value)
  );
}

/**
 * Whether a value only stands for a secret: `your-token`, `changeme`, the `%s` that printf fills in; `MyS3cret` and
 * `TheH0rse` are two that somebody made up.
 */
export function isPlaceholder(value: string): boolean {
  const isMadeUp = /\p{Ll}/u.test(value) && /\p{Lu}/u.test(value) && isUnlikeWords(value);
  return (PLACEHOLDER.test(value) && !isMadeUp) || FILLED_IN.test(value);
}

const FILLED_IN = /^%[-+ #0]{0,5}\d{0,3}(?:\.\d{1,3})?[a-zA-Z](?:\\[a-z0-9]{1,3}){0,3}$/;

/** Secrets that stand in a text as they are, in order: to be masked where it is shown, and diagnosed. */
export function literalSecrets(text: string): readonly LiteralSecret[] {
  const found: LiteralSecret[] = [];
  const small = text.toLowerCase();
  for (const [shape, what, words, isOne, isOnlyGiven] of SHAPES) {
    if (!words.some((word) => small.includes(word))) continue;
    for (const match of text.matchAll(shape)) {
      const value = match[1] ?? '';
      if (value === '' || isPlaceholder(value) || isOne?.(value) === false) continue;
      const start = match.index + match[0].lastIndexOf(value);
      const isKnown = found.some((one) => one.start < start + value.length && start < one.end);
      const onlyGiven = isOnlyGiven?.(value) ?? false;
      if (!isKnown) found.push({ value, what, start, end: start + value.length, onlyGiven });
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

/** Secrets of an environment: by their names, and the passwords in its URLs. */
export function environmentSecrets(
  env: Readonly<Record<string, string | undefined>>,
): readonly BoundInput[] {
  const found: BoundInput[] = [];
  for (const [name, value = ''] of Object.entries(env)) {
    const source = `environment ${name}`;
    if (isSecretName(name) && isWorthMasking(value))
      found.push({ name, value, secret: true, source });
    if (!value.includes('://')) continue;
    for (const password of urlPasswords(value))
      found.push({ name, value: password, secret: true, source });
  }
  return found;
}

/** Whether a value is so common that it is a setting's: `true`, `none`, a small number. */
export function isSetting(value: string): boolean {
  return COMMON_VALUE.test(value);
}

/** Declared as one, or called like one. */
export function isSecretInput(name: string, declaration: InputDeclaration | null): boolean {
  return declaration?.secret ?? (isSecretName(name) || isSecretName(declaration?.env ?? ''));
}

/** Whether a value is a secret whatever it is called: it has the password of a URL in it. */
export const holdsPassword = (value: string): boolean =>
  value.includes('://') && urlPasswords(value).length > 0;

/** The passwords of URLs in a text, as written and decoded. */
export function urlPasswords(text: string): readonly string[] {
  const found = new Set<string>();
  const url = /(?<=[a-z0-9+.-]):\/\/[^\s/:@]{0,200}:([^\s/@]{3,500})@/gi;
  for (const [, password = ''] of text.matchAll(url)) {
    if (!isWorthMasking(password)) continue;
    found.add(password);
    found.add(percentDecoded(password));
  }
  return [...found];
}

/** Values so short or common that masking them would only garble the output. */
function isWorthMasking(value: string): boolean {
  return value.length >= 4 && !COMMON_VALUE.test(value);
}
