import { builtinModules } from 'node:module';

/**
 * What the bundler writes for CommonJS, as a program that starts often wants it: strict as the modules were, Node's own
 * modules loaded when they are first needed, as are the chunks of the names in `late`, exports that are values, and a byte a
 * character.
 */
export function plainCode(code: string, late: readonly string[] = []): string {
  const lazy = late.reduce(lateChunk, lateBuiltins(code));
  return inAscii(`"use strict";${plainExports(boundBuiltins(lazy))}`);
}

/** A chunk that is asked for where it is used; its loader finds it again at once. */
function lateChunk(code: string, chunk: string): string {
  const held = new RegExp(`\\b(require_${chunk})=(require\\("\\./${chunk}-[\\w-]+\\.cjs"\\))`).exec(
    code,
  );
  const [whole, name = '', required = ''] = held ?? [];
  return whole === undefined
    ? code
    : askedWhereUsed(code.replace(whole, `${name}=()=>${required}`), name);
}

/** Of Node's own modules, what is left: a bundler that makes a module of ES out of this has no `require` there. */
function boundBuiltins(code: string): string {
  return code.replace(/\brequire\("(?:node:)?([\w/]+)"\)/g, (whole, name: string) =>
    builtinModules.includes(name) ? `process.getBuiltinModule("node:${name}")` : whole,
  );
}

/** One character beyond Latin makes V8 keep two bytes of each, and hash twice as many at every start. */
function inAscii(code: string): string {
  return code
    .replace(FAR_KEY, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`)
    .replace(RAW_OR_FOREIGN, (found) =>
      found.length === 1
        ? escaped(found)
        : found.replace(FOREIGN, (unit) => `\${"${escaped(unit)}"}`),
    );
}

/** A letter of two units that is a key: in a name, an escape of half a letter is none. */
const FAR_KEY = /(?<=[{,])[\u{10000}-\u{10ffff}](?=:)/gu;
const FOREIGN = /[^\0-\x7f]/g;
/** A raw text without anything filled in, where an escape would stay one, or a character. */
const RAW_OR_FOREIGN = /\bString\.raw`[^`\\$]*(?:(?:\\[\s\S]|\$(?!\{))[^`\\$]*)*`|[^\0-\x7f]/g;

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What every start of Node has loaded anyway. */
const AT_HAND = new Set(['fs', 'path', 'util', 'url', 'events', 'buffer', 'timers', 'vm']);

/**
 * Node's own modules, each asked for where it is used: what never starts a process does not load all of the network (5
 * ms), what hashes nothing does not load `crypto` (5 ms). The bundler's copy of a module for `import x from` is left out.
 */
function lateBuiltins(code: string): string {
  const held = [...code.matchAll(/\b([\w$]+)=require\("node:([\w/]+)"\)/g)];
  return held.reduce((text, [whole, name = '', module = '']) => {
    const found = `process.getBuiltinModule("node:${module}")`;
    const isAtHand = AT_HAND.has(module);
    const own = name.replaceAll('$', '\\$');
    const copied = new RegExp(`\\b${own}=[\\w$]+\\.\\w+\\(${own}(?:,1)?\\);`);
    const late = text
      .replace(whole, `${name}=${isAtHand ? '' : '()=>'}${found}`)
      .replace(new RegExp(`${NO_MEMBER}${own}\\.default\\b`, 'g'), () =>
        copied.test(text) ? (isAtHand ? name : `(${name}())`) : `${name}.default`,
      )
      .replace(copied, '');
    return isAtHand ? late : askedWhereUsed(late, name);
  }, code);
}

/** What is held under a name became what answers it. */
function askedWhereUsed(code: string, name: string): string {
  const own = name.replaceAll('$', '\\$');
  const asked = code
    // `new a().B()` would make an `a`.
    .replace(new RegExp(`\\bnew ${own}\\.`, 'g'), `new(${name}()).`)
    .replace(new RegExp(`${NO_MEMBER}${own}\\.`, 'g'), `${name}().`);
  const missed = new RegExp(`${NO_MEMBER}${own}(?!\\(\\)|=|[\\w$])`).exec(asked);
  if (missed === null) return asked;
  const around = asked.slice(Math.max(0, missed.index - 20), missed.index + 40);
  throw new Error(`${name} is used in a way that is not known: ${around}`);
}

/** Before a name: no longer name, and no dot of a member, as against those of a spread. */
const NO_MEMBER = '(?<![\\w$]|(?<!\\.\\.)\\.)';

/** A getter for each name is called at each use; what is never assigned again is handed over as it is. */
function plainExports(code: string): string {
  return code.replace(
    /Object\.defineProperty\(exports,"([\w$]+)",\{enumerable:!0,get:function\(\)\{return ([\w$]+)\}\}\)/g,
    (whole, name, value) => (isAssignedAgain(code, value) ? whole : `exports.${name}=${value}`),
  );
}

function isAssignedAgain(code: string, name: string): boolean {
  const own = name.replaceAll('$', '\\$');
  const assigned = new RegExp(
    `(?<![\\w$.])${own}(?:=(?![=>])|[-+*/%&|^?<>]{1,3}=(?![=>])|\\+\\+|--)|(?:\\+\\+|--)${own}\\b`,
    'g',
  );
  const declared = new RegExp(`\\b(?:function\\*?|class) ?${own}\\b`).test(code) ? 0 : 1;
  return [...code.matchAll(assigned)].length > declared;
}
