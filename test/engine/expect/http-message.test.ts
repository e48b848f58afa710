import { describe, expect, test } from 'vitest';
import { compareHead, parseHttpMessage } from '../../../src/engine/expect/http-message.ts';

const message = (...lines: readonly string[]) => {
  const read = parseHttpMessage(lines.join('\r\n'));
  if (read === undefined) throw new Error('not read');
  return read;
};

describe('the head of a response', () => {
  test('is a status and headers, whose names are the same in small letters', () => {
    expect(
      message('HTTP/1.1 200 OK', 'Content-Type: text/plain', 'no header', '', 'a', 'b'),
    ).toEqual({
      status: 200,
      headers: [['content-type', 'text/plain']],
      body: 'a\nb',
    });
  });

  test.each([['200 OK'], ['HTTP/1.1 20'], ['HTTP/1.1 2000'], ['']])('is none in `%s`', (text) => {
    expect(parseHttpMessage(text)).toBeUndefined();
  });

  test.each([
    [
      'another status',
      ['HTTP/2 404', 'location: /a', 'date: x'],
      false,
      ['status: expected 200, got 404'],
    ],
    [
      'a header that is missing',
      ['HTTP/2 200', 'location: /a'],
      false,
      ['header `date`: expected, but missing'],
    ],
    [
      'another value of a header that tells',
      ['HTTP/2 200', 'location: /b', 'date: x'],
      false,
      ['header `location`: expected `/a`, got `/b`'],
    ],
    [
      'nothing, where only the value of a date is another',
      ['HTTP/2 200', 'location: /a', 'date: y'],
      false,
      [],
    ],
    [
      'every other value, when all are to be exact',
      ['HTTP/2 200', 'location: /a', 'date: y'],
      true,
      ['header `date`: expected `x`, got `y`'],
    ],
    [
      'nothing, where one of several values is it',
      ['HTTP/2 200', 'location: /b', 'Location: /A ; q=1', 'date: x'],
      true,
      [],
    ],
  ])('differs in %s', (_, lines, exact, differences) => {
    const expected = message('HTTP/2 200', 'location: /a', 'date: x');
    expect(compareHead(expected, message(...lines), exact)).toEqual(differences);
  });
});
