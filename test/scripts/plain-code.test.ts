import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { plainCode } from '../../scripts/plain-code.ts';

/** What stands behind the directive. */
const plain = (code: string): string => plainCode(code).replace('"use strict";', '');
const exported = (name: string): string =>
  `Object.defineProperty(exports,"a",{enumerable:!0,get:function(){return ${name}}})`;
const builtin = (name: string): string => `process.getBuiltinModule("node:${name}")`;

test('is strict, as modules are', () => {
  expect(plainCode('f();')).toBe('"use strict";f();');
});

test('every character is one byte, and the same one once it runs', () => {
  const code =
    '["é", `\u{1f600}`, /^[\u{1f600}é]$/u.test("\u{1f600}"), "\u{1f600}".length, "\\u0041", String.raw`\\d → $ \\` é`]';
  const plainly = plain(code);
  expect(plainly).toMatch(/^[\0-\x7f]+$/);
  expect(runInNewContext(plainly)).toEqual(['é', '\u{1f600}', true, 2, 'A', '\\d → $ \\` é']);
});

test('a letter of two units may be a key', () => {
  const plainly = plain('({\u{1d49c}:"A",\u212c:"B",c:"\u{1d49c}"})');
  expect(plainly).toMatch(/^[\0-\x7f]+$/);
  expect(runInNewContext(plainly)).toEqual({ '\u{1d49c}': 'A', '\u212c': 'B', c: '\u{1d49c}' });
});

test('what the bundler leaves of Node’s own modules needs no `require`', () => {
  const left = ['f(require("events"));', 'f(require("fs/promises"));', 'f(require("pg-native"));'];
  expect(left.map(plain)).toEqual([
    `f(${builtin('events')});`,
    `f(${builtin('fs/promises')});`,
    'f(require("pg-native"));',
  ]);
});

test.each([
  ['a function', 'function f(){}'],
  ['a class', 'class f{}'],
  ['a constant', 'const f=1;'],
  ['what is compared', 'const f=1;f==2;f===2;f=>1;'],
])('%s is handed over as it is', (_, code) => {
  expect(plain(code + exported('f'))).toBe(`${code}exports.a=f`);
});

test.each([
  ['assigned', 'let f=1;f=2;'],
  ['assigned, a function', 'function f(){}f=2;'],
  ['counted', 'let f=1;f++;'],
  ['added to', 'let f=1;f+=1;'],
  ['defaulted', 'let f=1;f??=1;'],
])('what is %s again is asked for at each use', (_, code) => {
  expect(plain(code + exported('f'))).toBe(code + exported('f'));
});

test('what every start has loaded is taken at once, the rest where it is used', () => {
  expect(plain('let n=require("node:fs");(0,n.statSync)(x.n.y);')).toBe(
    `let n=${builtin('fs')};(0,n.statSync)(x.n.y);`,
  );
  expect(plain('let n=require("node:crypto");(0,n.hash)(x);class A extends n.B{}')).toBe(
    `let n=()=>${builtin('crypto')};(0,n().hash)(x);class A extends n().B{}`,
  );
});

test('what is made of a module that is asked for late is made of what stands in it', () => {
  expect(plain('let n=require("node:net");new n.Socket({fd});')).toBe(
    `let n=()=>${builtin('net')};new(n()).Socket({fd});`,
  );
});

test('the default of one of Node’s modules is itself, without a copy', () => {
  expect(plain('let p=require("node:path");p=r.r(p,1);p.default.join(p.sep);')).toBe(
    `let p=${builtin('path')};p.join(p.sep);`,
  );
  expect(plain('let o=require("node:os");o=r.r(o);f(o.default);')).toBe(
    `let o=()=>${builtin('os')};f((o()));`,
  );
});

test('a chunk of the program that is loaded late is asked for where it is used', () => {
  const code =
    'const require_run=require("./run-a1.cjs"),require_shell=require("./shell-B_-2.cjs");new require_shell.A(require_run.b);(0,require_shell.c)(x.require_shell.y);f(...require_shell.d(1));';
  expect(plainCode(code, ['shell'])).toBe(
    '"use strict";const require_run=require("./run-a1.cjs"),require_shell=()=>require("./shell-B_-2.cjs");new(require_shell()).A(require_run.b);(0,require_shell().c)(x.require_shell.y);f(...require_shell().d(1));',
  );
});

test('a chunk that is used in a way that is not known breaks the build, never the program', () => {
  expect(() =>
    plainCode('const require_shell=require("./shell-a1.cjs");f(require_shell);', ['shell']),
  ).toThrow('require_shell is used in a way that is not known');
});
