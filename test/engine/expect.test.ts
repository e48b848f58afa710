import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareExpectation } from '../../src/engine/expect.ts';
import type { Expectation } from '../../src/engine/model/runbook.ts';

const expecting = (text: string, more: Partial<Expectation> = {}): Expectation => ({
  line: 7,
  match: 'similar',
  text,
  advisory: false,
  ...more,
});
const passes = (text: string, output: string, match: Expectation['match'] = 'similar'): boolean =>
  compareExpectation(expecting(text, { match }), output).passed;

describe('JSON by state', () => {
  const is = (sample: string, output: string): boolean => passes(sample, output, 'state');

  test.each([
    ['{"queue":"ok"}', '{"queue":"down"}'],
    ['{"replicas":3}', '{"replicas":0}'],
    ['{"errors":0}', '{"errors":3}'],
    ['{"balance":12}', '{"balance":-12}'],
    ['{"replicas":3}', '{"replicas":2.5}'],
    ['[1,2]', '[]'],
    ['[]', '[1]'],
    ['{"ready":"yes"}', '{"ready":"no"}'],
    ['{"ready":true}', '{"ready":false}'],
    ['{"error":null}', '{"error":"timeout"}'],
    ['{"lastBackup":null}', '{"lastBackup":"2024-01-01"}'],
    ['{"status":200}', '{"status":503}'],
    ['{"code":"200"}', '{"code":"500"}'],
    ['{"mode":"primary"}', '{"mode":"replica"}'],
    ['{"message":"Order 3 was paid"}', '{"message":"Order 3 was refused"}'],
    ['{"at":"2024-01-01"}', '{"at":"never"}'],
    ['{"version":"1.2.3"}', '{"version":"unknown"}'],
    ['{"host":"10.0.0.1"}', '{"host":"localhost"}'],
    ['{"free":"45%"}', '{"free":"99%"}'],
    ['{"size":"3.2 GiB"}', '{"size":"3.4 GiB"}'],
    ['{"load":"0.02"}', '{"load":"45.30"}'],
    ['{"region":"eu-west1"}', '{"region":"eu-east1"}'],
    ['{"limit":"retry-100ms"}', '{"limit":"retry-900ms"}'],
    ['{"ready":"3/3/3"}', '{"ready":"0/3/3"}'],
    ['{"seen":"errors:10"}', '{"seen":"errors:99"}'],
    ['{"at":"check.passed"}', '{"at":"check.failed"}'],
    ['{"next":"/queue/ok/1"}', '{"next":"/queue/failed/1"}'],
    ['{"checks":["ok","ok"]}', '{"checks":["ok","fail"]}'],
    ['{"services":[{"name":"db","up":true}]}', '{"services":[{"name":"mq","up":false}]}'],
    ['{"pods":[{"phase":"Running"}]}', '{"pods":[{"phase":"Pending"}]}'],
    ['{"a":{"b":{"queue":"ok"}}}', '{"a":{"b":{"queue":"full"}}}'],
    ['{"n":1}', '{"n":"1"}'],
    ['{"n":"<number>"}', '{"n":"many"}'],
    ['{"t":"<time>"}', '{"t":"never"}'],
    ['{"x":"<any>"}', '{}'],
    ['{"statusCode":200}', '{"statusCode":500}'],
    ['{"code":2}', '{"code":3}'],
  ])('%s is not %s', (sample, output) => {
    expect(is(sample, output)).toBe(false);
  });

  test.each([
    ['{"at":"2024-01-01T12:00:00.000Z","n":12.5}', '{"at":"2030-01-02T03:04:05Z","n":3}'],
    [
      '{"id":"a7b1c2d3-0000-4000-8000-000000000000"}',
      '{"id":"0f9e8d7c-1111-4111-9111-111111111111"}',
    ],
    ['{"commit":"9fceb02d0ae5"}', '{"commit":"d6e01a29b7c4"}'],
    ['{"version":"1.2.3"}', '{"version":"v2.0.1-rc1"}'],
    ['{"host":"10.0.0.1:5432"}', '{"host":"192.168.7.9:5433"}'],
    ['{"url":"http://a/x"}', '{"url":"https://b.example/y?z=1"}'],
    ['{"path":"/var/lib/a"}', '{"path":"/srv/b/c"}'],
    ['{"name":"web-7d9f8b6c4-x2x9z"}', '{"name":"web-5b6c7d8f9-k4k1q"}'],
    [
      '{"message":"started at 12:00:01 on 10.0.0.1"}',
      '{"message":"started at 09:13:55 on 10.0.0.7"}',
    ],
    ['{"server_version":"16.4"}', '{"server_version":"17.0"}'],
    ['{"image":"shop/web/api:v1"}', '{"image":"shop/web/api:v2"}'],
    ['[{"name":"a","ready":true}]', '[{"name":"b","ready":true},{"name":"c","ready":true}]'],
    ['{"status":"ok | degraded"}', '{"status":"degraded"}'],
    ['{"owner":"<name>"}', '{"owner":"whoever"}'],
    [
      '{"x":"<any>","n":"<number>","t":"<time>","s":"<text>"}',
      '{"x":null,"n":7,"t":1700000000,"s":""}',
    ],
    ['{"queue":"ok"}', '{"queue":"ok","depth":7}'],
    ['{"queue":"ok",...}', '{"queue":"ok"}'],
  ])('%s is %s', (sample, output) => {
    expect(is(sample, output)).toBe(true);
  });

  test.each([
    ['<Number>', [7, '7'], ['many', true]],
    ['<integer>', [7, '-7'], [7.5, 'seven']],
    ['<boolean>', [false, 'true'], ['yes', 0]],
    ['<date>', ['2024-01-01', '2024-01-01T12:00:00Z'], ['soon', 5]],
    ['<timestamp>', [1700000000], ['failed']],
    ['<uuid>', ['0f9e8d7c-1111-4111-9111-111111111111'], ['x', 5]],
    ['<version>', ['v1.2', '3.4.5-rc1'], ['failed', 3]],
    ['<url>', ['https://a.example/x'], ['failed']],
    ['<null>', [null], ['null', 0]],
    ['<array>', [[], [1]], [{}, '[]']],
    ['<object>', [{}], [[], null, 'x']],
  ])('the hole "%s" takes what it says and nothing else', (hole, takes, leaves) => {
    const sample = JSON.stringify({ it: hole });
    const taken = [...takes, ...leaves].filter((it) => is(sample, JSON.stringify({ it })));
    expect(taken).toEqual(takes);
  });

  test('what a sample says, the sample itself says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify([value]);
        return passes(text, text, 'state') && passes(text, text, 'shape');
      }),
    );
  });

  test('shape compares kinds alone, in arrays too', () => {
    expect(passes('{"a":"ok","b":[1],"c":true}', '{"a":"down","b":[],"c":false}', 'shape')).toBe(
      true,
    );
    expect(passes('{"a":"ok"}', '{"a":1}', 'shape')).toBe(false);
  });
});

describe('JSON that is similar', () => {
  const sample =
    '{ "status": "healthy", "at": "2024-01-01", "uptime": 3600.5, "db": { "host": "a", "ready": true } }';

  test('other times, numbers and names pass, further keys too', () => {
    const output =
      '{"more":1,"status":"healthy","at":"2031","uptime":2,"db":{"host":"z","ready":true}}';
    expect(compareExpectation(expecting(sample), output)).toEqual({
      line: 7,
      passed: true,
      advisory: false,
      detail: '',
    });
  });

  test('every difference is named with its path, expected and got', () => {
    const output = '{"status":"degraded","at":12,"db":{"host":"z","ready":false}}';
    expect(compareExpectation(expecting(sample), output).detail).toBe(
      [
        '1. `$.status`: expected "healthy", got "degraded"',
        '2. `$.at`: expected a string such as "2024-01-01", got 12',
        '3. `$.uptime`: expected a number such as 3600.5, got nothing',
        '4. `$.db.ready`: expected true, got false',
      ].join('\n'),
    );
  });

  test.each(['state', 'status', 'health', 'phase', 'result', 'provisioningState', 'last_result'])(
    'the value under `%s` is a state',
    (key) => {
      expect(passes(`{"${key}":"Succeeded"}`, `{"${key}":"Failed"}`)).toBe(false);
      expect(passes(`{"${key}":"Succeeded"}`, `{"${key}":"Succeeded"}`)).toBe(true);
    },
  );

  test('a numeric state counts too', () => {
    expect(passes('{"status":200}', '{"status":503}')).toBe(false);
  });

  test('a state written as a blank or as alternatives takes what it says', () => {
    expect(passes('{"status":"<status>"}', '{"status":"odd"}')).toBe(true);
    expect(passes('{"status":"ok | degraded"}', '{"status":"degraded"}')).toBe(true);
    expect(passes('{"status":"ok | degraded"}', '{"status":"down"}')).toBe(false);
  });

  test('elements of an array are like one of the sample elements', () => {
    const pods = '[{"name":"a","phase":"Running"}]';
    expect(passes(pods, '[{"name":"x","phase":"Running"},{"name":"y","phase":"Running"}]')).toBe(
      true,
    );
    expect(passes(pods, '[{"name":"x","phase":"Running"},{"name":"y","phase":"Pending"}]')).toBe(
      false,
    );
    expect(passes(pods, '[{"name":"x"}]')).toBe(false);
    expect(passes('[1,"a"]', '["b",2]')).toBe(true);
    expect(passes('[]', '[1,2]')).toBe(true);
    expect(passes(pods, '[]')).toBe(true);
    expect(passes(pods, '{}')).toBe(false);
  });

  test('an element that differs is named', () => {
    const got = '[{"name":"web","status":"ok"},{"name":"db","status":"down"}]';
    expect(compareExpectation(expecting('[{"name":"x","status":"ok"}]'), got).detail).toBe(
      '1. `$[1].status` of "db": expected "ok", got "down"',
    );
  });

  test('null in a sample takes anything, but no error and no state', () => {
    expect(passes('{"lastBackup":null}', '{"lastBackup":"2024"}')).toBe(true);
    expect(passes('{"lastBackup":null}', '{}')).toBe(false);
    expect(passes('{"error":null}', '{"error":"timeout"}')).toBe(false);
    expect(passes('{"error":null}', '{"error":null}')).toBe(true);
    expect(passes('{"phase":null}', '{"phase":"x"}')).toBe(false);
  });

  test('null where something was expected fails', () => {
    expect(passes('{"host":"a"}', '{"host":null}')).toBe(false);
  });

  test('keys of every object are only keys', () => {
    expect(passes('{"constructor":{"a":1}}', '{}')).toBe(false);
    expect(passes('{"__proto__":1}', '{}')).toBe(false);
  });

  test('samples with comments, dots and trailing commas are read', () => {
    const commented = '{\n  "status": "ok", // always\n  "url": "http://x/#y",\n  ...\n}';
    expect(passes(commented, '{"status":"ok","url":"z"}')).toBe(true);
    expect(passes(commented, '{"status":"bad","url":"z"}')).toBe(false);
  });

  test('JSON is found between other lines', () => {
    expect(passes('{"status":"ok"}', 'connecting…\n{\n "status": "ok"\n}\nbye\n')).toBe(true);
  });

  test('an output that is no JSON is quoted', () => {
    const result = compareExpectation(expecting('{"status":"ok"}'), '\n502 Bad \x1b[31mGateway\n');
    expect(result.detail).toBe('JSON was expected, but the output is `502 Bad \\x1b[31mGateway`.');
    expect(compareExpectation(expecting('{"a":1}'), '').detail).toContain('is empty');
  });

  test('deep nesting ends', () => {
    const deep = `${'['.repeat(3000)}1${']'.repeat(3000)}`;
    expect(passes(deep, deep)).toBe(true);
  });
});

describe('JSON by subset and exactly', () => {
  test('subset wants equal values and leaves the rest', () => {
    expect(passes('{"a":{"b":1}}', '{"a":{"b":1,"c":2},"d":3}', 'subset')).toBe(true);
    expect(passes('{"a":{"b":1}}', '{"a":{"b":2}}', 'subset')).toBe(false);
    expect(passes('[2,3]', '[1,2,4,3]', 'subset')).toBe(true);
    expect(passes('[3,2]', '[1,2,4,3]', 'subset')).toBe(false);
    expect(passes('{"a":null}', '{"a":1}', 'subset')).toBe(false);
  });

  test('exact wants everything, but no order of keys', () => {
    expect(passes('{"a":1,"b":[1]}', '{"b":[1],"a":1}', 'exact')).toBe(true);
    expect(passes('{"a":1}', '{"a":1,"b":2}', 'exact')).toBe(false);
    expect(passes('[1]', '[1,2]', 'exact')).toBe(false);
    expect(passes('[1,2]', '[1]', 'exact')).toBe(false);
  });
});

describe('text', () => {
  test('the diff numbers what met what', () => {
    const result = compareExpectation(
      expecting('a\nb*d (glob)\n...\ny\nz', { match: 'text' }),
      'a\nbcd\n1\n2\nx\nz\n',
    );
    expect(result.detail).toBe(
      [
        '1 line missing (-) (expected line, line of the output):',
        '          … 3 matching lines',
        '   3    4   2   ← ...',
        '   3    5   x   ← ...',
        '   4      - y',
        '   5    6   z',
      ].join('\n'),
    );
  });

  test('both what was expected and what came are shown', () => {
    const { detail } = compareExpectation(expecting('hello', { match: 'text' }), 'goodbye\n');
    expect(detail).toContain('- hello');
    expect(detail).toContain('+ goodbye');
  });

  test('a diff of long outputs is bounded and quick', () => {
    const output = Array.from({ length: 50_000 }, (_line, index) => `line ${index}`).join('\n');
    const expected = output.replace(/line 7\n/, 'other\n').replaceAll('line 4', 'line four');
    const { detail, passed } = compareExpectation(expecting(expected, { match: 'text' }), output);
    expect(passed).toBe(false);
    expect(detail.length).toBeLessThan(13_000);
  });

  test('control characters of an output cannot act in a diff', () => {
    const { detail } = compareExpectation(
      expecting('x', { match: 'text' }),
      'a\x1b[2Jb\u202ec\x00\n',
    );
    expect(detail).toContain('a\\x1b[2Jb\\u202ec\\x00');
  });

  test('a regular expression that explodes elsewhere is linear here', () => {
    const output = `${'a'.repeat(20_000)}!\n`;
    expect(passes('(a+)+$ (re)', output, 'text')).toBe(false);
    expect(passes('(a|a)*b (re)', output, 'text')).toBe(false);
    expect(passes('*a*a*a*a*a*b (glob)', output, 'text')).toBe(false);
    expect(passes('((a{1,1000}){1,1000}){1,1000} (re)', 'a', 'text')).toBe(false);
  });

  test('many optional patterns over many lines stay linear', () => {
    const expected = Array.from({ length: 60 }, () => '...\nx (*)').join('\n');
    expect(passes(`${expected}\nend`, `${'x\n'.repeat(2000)}`, 'text')).toBe(false);
  });

  test('an unreadable regular expression says why', () => {
    const { detail } = compareExpectation(expecting('(?<=a)b (re)', { match: 'text' }), 'b');
    expect(detail).toBe(
      '`(?<=a)b (re)` can never match: the regular expression holds look-around, which cannot be matched in linear time.',
    );
  });

  test('JSON with match=text is text', () => {
    expect(passes('{"a":1}', '{ "a": 1 }', 'text')).toBe(false);
    expect(passes('{"a":[..]}', '{"a":1}', 'text')).toBe(true);
  });

  test('an advisory expectation says so', () => {
    expect(
      compareExpectation(expecting('OK', { match: 'text', advisory: true }), 'no'),
    ).toMatchObject({ passed: false, advisory: true });
  });
});

describe('an Innovation Engine expression', () => {
  test('is found anywhere, over lines', () => {
    const expectation = expecting('ignored', { regex: 'Running\\s+[0-9]+' });
    expect(compareExpectation(expectation, 'NAME\nweb Running 12\n').passed).toBe(true);
    expect(compareExpectation(expectation, 'NAME\nweb Pending 12\n').detail).toBe(
      'Nothing in the output is matched by `Running\\s+[0-9]+`; the output begins with `NAME`.',
    );
  });
});

describe('an HTTP sample with a status line', () => {
  const sample = expecting(
    'HTTP/1.1 200 OK\nContent-Type: application/json\nDate: Mon, 01 Jan 2024 00:00:00 GMT\n\n{"status":"ok"}',
  );

  test('compares status, headers that tell and the body', () => {
    const got = (status: string, body: string): string =>
      `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ndate: Tue\r\n\r\n${body}`;
    expect(compareExpectation(sample, got('200 Fine', '{"status":"ok","n":1}')).passed).toBe(true);
    expect(compareExpectation(sample, got('503 No', '{"status":"down"}')).detail).toBe(
      '1. status: expected 200, got 503\n1. `$.status`: expected "ok", got "down"',
    );
  });

  test('a header that is missing is named', () => {
    const { detail } = compareExpectation(sample, 'HTTP/1.1 200 OK\r\n\r\n{"status":"ok"}');
    expect(detail).toContain('header `content-type`: expected, but missing');
  });
});
