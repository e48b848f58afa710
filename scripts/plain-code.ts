/**
 * What the bundler writes for CommonJS, as a program that starts often wants it: strict as the modules were, Node's own
 * modules loaded when they are first needed, exports that are values, and a byte a character.
 */
export function plainCode(code: string): string {
  return inAscii(`"use strict";${plainExports(lateBuiltins(code))}`);
}

/** One character beyond Latin makes V8 keep two bytes of each, and hash twice as many at every start. */
function inAscii(code: string): string {
  return code.replace(RAW_OR_FOREIGN, (found) =>
    found.length === 1
      ? escaped(found)
      : found.replace(FOREIGN, (unit) => `\${"${escaped(unit)}"}`),
  );
}

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
    // `new a().B()` would make an `a`.
    const made = new RegExp(`\\bnew ${own}\\.`, 'g');
    const copied = new RegExp(`\\b${own}=[\\w$]+\\.\\w+\\(${own}(?:,1)?\\);`);
    return text
      .replace(whole, `${name}=${isAtHand ? '' : '()=>'}${found}`)
      .replace(new RegExp(`(?<![\\w$.])${own}\\.default\\b`, 'g'), () =>
        copied.test(text) ? (isAtHand ? name : `(${name}())`) : `${name}.default`,
      )
      .replace(copied, '')
      .replace(made, isAtHand ? `new ${name}.` : `new(${name}()).`)
      .replace(new RegExp(`(?<![\\w$.])${own}\\.`, 'g'), isAtHand ? `${name}.` : `${name}().`);
  }, code);
}

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
