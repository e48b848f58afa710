import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { lateValues } from '../../scripts/late-values.ts';
import { type Asked, needing } from '../../src/text/needing.ts';

const late = (code: string): string => lateValues('a.ts', code);

/** What a program says at its end, and the expressions that it has made by then. */
function made(code: string): { readonly said: unknown; readonly expressions: readonly string[] } {
  const expressions: string[] = [];
  const noted = late(code).replace(/\/[a-z]\+\/[a-z]*/g, (literal) => `made(${literal})`);
  const said = runInNewContext(noted, {
    made: (expression: RegExp) => {
      expressions.push(String(expression));
      return expression;
    },
  });
  return { said, expressions };
}

test('an expression of a module is made where it is first used, and once', () => {
  const code =
    'const A=/a+/;const B=/b+/u;const f=(text)=>A.test(text)?text.replace(A,""):"";f("aab")+f("ac")';
  expect(made(code)).toEqual({ said: 'bc', expressions: ['/a+/'] });
});

test.each([
  ['a list', 'const ALL=[/a+/,/b+/];const f=(t)=>ALL.some((each)=>each.test(t));', 'f("b")', true],
  [
    'a set of words',
    'const ALL=new Set("a b".split(/ /));const f=(t)=>ALL.has(t);',
    'f("b")',
    true,
  ],
  [
    'one given on by name',
    'const A=/a+/;const g=({a})=>a.source;const f=()=>g({a:A});',
    'f()',
    'a+',
  ],
  ['a shorthand', 'const A=/a+/;const f=()=>({A}).A.source;', 'f()', 'a+'],
  ['one that goes on', 'const A=/a/g;const f=(t)=>A.test(t);', 'f("aa")&&f("aa")&&!f("aa")', true],
  ['a field', 'const P={is:/a+/,in:{is:/b+/}};const f=(t)=>P.in.is.test(t);', 'f("b")', true],
  ['a field of a list', 'const P=[{is:/a+/}];const f=(t)=>P[0].is===P[0].is;', 'f()', true],
  ['a field that is taken out', 'const P={is:/a+/};const f=({is})=>is.source;', 'f({...P})', 'a+'],
])('what is made late does what it did: %s', (_, code, asks, said) => {
  expect(late(code)).toContain('late');
  expect(runInNewContext(`${code}${asks}`)).toEqual(said);
  expect(runInNewContext(`${late(code)}${asks}`)).toEqual(said);
});

test.each([
  [
    'a constant',
    'const A=/^(?:restart|reload) (?:the|an?) (?:service|server|node)s?$/i;const f=(t)=>A.test(t);',
  ],
  [
    'one in passing',
    'const f=(t)=>/^(?:restart|reload) (?:the|an?) (?:service|server|node)s?$/i.exec(t)?.[0]==="Reload a node";',
  ],
])('what is only asked is made where a word of it stands: %s', (_, code) => {
  const told = late(code).replace(/^import.*?;/, '');
  let times = 0;
  const needing$late = (words: readonly string[], make: () => RegExp, fold: boolean): Asked => {
    const noted = (): RegExp => {
      times += 1;
      return make();
    };
    return needing(words, noted, fold);
  };
  const f = runInNewContext(`${told}f`, { needing$late });
  expect([f('Stop it'), f('the Service')]).toEqual([false, false]);
  expect(times).toBe(0);
  expect([f('Reload a node'), f('Stop it'), f('Reload a node')]).toEqual([true, false, true]);
  expect(times).toBe(1);
});

test.each([
  ['what others may have', 'export const A=/a/;export const f=(t)=>A.test(t);'],
  ['what a function holds', 'const f=(t)=>{const A=/a/;return A.test(t)};'],
  ['what has the name of something else', 'const A=/a/;const f=(A)=>A;const g=()=>A;'],
  ['what a type is made of', 'const A=/a/;type B=typeof A;const f=(t)=>A.test(t);'],
  ['what is made of what something says', 'const A=[/a/,g()];const f=(t)=>A[0].test(t);'],
  ['what is exported under a name', 'const A=/a/;export{A};'],
  ['what may change', 'let A=/a/;const f=(t)=>A.test(t);'],
])('left as it is: %s', (_, code) => {
  expect(late(code)).toBe(code);
});
