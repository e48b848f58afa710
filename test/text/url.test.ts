import { expect, test } from 'vitest';
import { percentDecoded, withoutPasswordOf } from '../../src/text/url.ts';

test.each([
  ['Gl%C3%BChwein', 'Glühwein'],
  ['100%', '100%'],
  ['%zz %41', '%zz %41'],
])('%s is %s without its percent-encoding', (text, decoded) => {
  expect(percentDecoded(text)).toBe(decoded);
});

test.each([
  ['as it is meant', 'postgres://ada:s%40lt@db1/x', 'password "s@lt" is wrong'],
  ['as it is written', 'postgres://ada:s%40lt@db1/x', 'ada:s%40lt@db1 is not there'],
  ['where nobody can decode it', 'postgres://ada:50%off@db1/x', 'ada:50%off@db1 is not there'],
  ['with a sign that ends it elsewhere', 'postgres://ada:s@lt@db1/x', 'password "s@lt" is wrong'],
  ['of a URL that is none', 'postgres://ada:s3salt@[db1/x', 'no URL: postgres://ada:s3salt@[db1/x'],
])('the password of a URL is taken out of a text %s', (_how, url, text) => {
  const left = withoutPasswordOf(url, text);
  expect(left).toContain('***');
  expect(left).not.toMatch(/s@lt|s%40lt|50%off|s3salt/);
});

test('a URL without a password takes nothing out', () => {
  expect(withoutPasswordOf('postgres://ada@db1:5432/x', 'ada@db1:5432')).toBe('ada@db1:5432');
});
