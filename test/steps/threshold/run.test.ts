import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuantity } from '../../../src/steps/threshold/quantity.ts';
import {
  judgeThreshold,
  runThreshold,
  type ThresholdCheck,
} from '../../../src/steps/threshold/run.ts';
import { stepOf as onlyStep } from '../../support/read.ts';
import { contextOf, runToEnd, stepOf } from '../../support/step-run.ts';

const judge = (
  warning: string,
  critical: string,
  output: string,
  command = 'check',
): { readonly verdict: unknown; readonly value: unknown; readonly unit: unknown } => {
  const { facts } = judgeThreshold({ metric: 'M', warning, critical }, output, command);
  return { verdict: facts['verdict'], value: facts['value'], unit: facts['unit'] };
};
const verdict = (warning: string, critical: string, output: string, command = 'check'): unknown =>
  judge(warning, critical, output, command).verdict;

describe('a limit with groups of three', () => {
  test.each([
    ['between 4 000 and 6 000', '4711', 'warning'],
    ['between 4 000 and 6 000', '471', 'ok'],
    ['outside 1 000 000-2 000 000', '1500000', 'ok'],
    ['> 12 000', '12001', 'warning'],
  ])('%s is read whole: %s', (limit, output, expected) => {
    expect(verdict(limit, '', output)).toBe(expected);
  });
});

describe('a quantity', () => {
  test.each([
    ['85%', 85, 'percent'],
    ['0.1s', 0.1, 'time'],
    ['250ms', 0.25, 'time'],
    ['1m2.5s', 62.5, 'time'],
    ['2h30m', 9000, 'time'],
    ['7 days', 604_800, 'time'],
    ['1,024', 1024, 'plain'],
    ['1.5G', 1.5 * 1024 ** 3, 'bytes'],
    ['2 GiB', 2 * 1024 ** 3, 'bytes'],
    ['2GB', 2e9, 'bytes'],
    ['512k', 524_288, 'bytes'],
    ['7.6Gi', 7.6 * 1024 ** 3, 'bytes'],
    ['-3', -3, 'plain'],
    ['1e3', 1000, 'plain'],
    ['.5', 0.5, 'plain'],
  ])('%s', (text, base, dimension) => {
    expect(parseQuantity(text)).toMatchObject({ base, dimension });
  });

  test.each([
    '',
    '%',
    'ten',
    '1.2.3',
    '10.0.0.1',
    '12:30',
    '2024-01-01',
    '5 apples',
    '0x1f',
    '1,23',
    '--5',
  ])('%j is none', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });
});

describe('a verdict', () => {
  test.each([
    ['> 5', '> 10', '3', 'ok'],
    ['> 5', '> 10', '5', 'ok'],
    ['> 5', '> 10', '7', 'warning'],
    ['> 5', '> 10', '11', 'critical'],
    ['>= 5', '>= 10', '5', 'warning'],
    ['≥ 5', '≥ 10', '10', 'critical'],
    ['< 20%', '< 10%', '15%', 'warning'],
    ['< 20%', '< 10%', '5%', 'critical'],
    ['80%', '90%', '80%', 'warning'],
    ['80%', '90%', '95%', 'critical'],
    ['20', '10', '15', 'warning'],
    ['20', '10', '9', 'critical'],
    ['20', '10', '50', 'ok'],
    ['', '> 1%', '0.5%', 'ok'],
    ['', '!= 0', '3', 'critical'],
    ['', '= 0', '0', 'critical'],
    ['80-90%', '> 90%', '85%', 'warning'],
    ['80% – 90%', '> 90%', '91%', 'critical'],
    ['10..20', '', '15', 'warning'],
    ['over 80%', 'above 90%', '85%', 'warning'],
    ['> 80% of pool', '> 90% of pool', '95%', 'critical'],
    ['> 10/minute', '', '12', 'warning'],
    ['', '!= running', 'running\n', 'ok'],
    ['', '!= running', 'exited\n', 'critical'],
    ['', '= down', 'Down', 'critical'],
    ['', '', '42', 'recorded'],
    ['', '', 'all quiet', 'recorded'],
  ])('warning %j, critical %j, output %j: %s', (warning, critical, output, expected) => {
    expect(verdict(warning, critical, output)).toBe(expected);
  });

  test.each([
    ['> 500ms', '> 2s', '0.1s', 'ok'],
    ['> 500ms', '> 2s', '0.7s', 'warning'],
    ['> 500ms', '> 2s', '2500 ms', 'critical'],
    ['> 1GB', '> 2GB', '1500 MB', 'warning'],
    ['> 1G', '> 2G', '2.5Gi', 'critical'],
    ['> 1h', '', '90 minutes', 'warning'],
    ['> 60s', '', '1m2.5s', 'warning'],
    ['> 500MB', '', '812', 'warning'],
    ['> 1GB', '', '2147483648', 'warning'],
  ])('units are converted: %s, %s, %s', (warning, critical, output, expected) => {
    expect(verdict(warning, critical, output)).toBe(expected);
  });

  test("curl's times are seconds", () => {
    const curl = 'curl -w "%{time_total}" -o /dev/null -s http://localhost/health';
    expect(verdict('> 500ms', '> 2s', '0.123456', curl)).toBe('ok');
    expect(verdict('> 500ms', '> 2s', '0.7', curl)).toBe('warning');
    expect(verdict('> 500ms', '> 2s', '3.1', curl)).toBe('critical');
    expect(verdict('> 500ms', '> 2s', '320', './latency')).toBe('ok');
  });

  test('a limit that cannot be read is said, and judges nothing', () => {
    const { warnings, facts } = judgeThreshold(
      { metric: 'Errors', warning: '', critical: 'any spike' },
      '3',
      'c',
    );
    expect(warnings).toEqual([
      'the limit `any spike` of Errors cannot be read as a number, such as `> 80%`',
    ]);
    expect(facts['verdict']).toBe('recorded');
  });

  test('what must be well fails when it is not', () => {
    const well = { metric: 'Hits', warning: '', critical: '', healthy: '> 95%' };
    expect(judgeThreshold(well, '97%', 'c').failed).toBe('');
    expect(judgeThreshold(well, '90%', 'c').failed).toBe('Hits is 90%, and should be > 95%');
    expect(judgeThreshold({ ...well, healthy: '< 200ms' }, '350ms', 'c').failed).not.toBe('');
    expect(judgeThreshold({ ...well, healthy: '1-5' }, '3', 'c').failed).toBe('');
  });

  test('no number where one is needed fails with a sentence', () => {
    expect(
      judgeThreshold({ metric: 'Load', warning: '', critical: '> 5' }, 'command gone\n', 'c')
        .failed,
    ).toBe(
      'The check of Load printed `command gone`, where a number to compare with > 5 was expected.',
    );
    expect(
      judgeThreshold({ metric: 'Load', warning: '> 5', critical: '' }, '', 'c').failed,
    ).toContain('printed nothing');
  });
});

describe('a number is read whole', () => {
  test.each([
    ['> 80%', '> 90%', '95,5 %', 'critical'],
    ['> 80%', '> 90%', '79,9%', 'ok'],
    ['> 0.5', '> 0.9', '0,95', 'critical'],
    ['> 0,5', '> 0,9', '0.95', 'critical'],
    ['> 1000', '> 5000', '12 000', 'critical'],
    ['> 1000', '> 5,000', '12\u202f000', 'critical'],
    ['> 1000', '> 5000', "12'000", 'critical'],
    ['> 1000', '> 5000', '12’000 rows', 'critical'],
    ['> 1000', '> 5000', '12_000', 'critical'],
    ['> 1000', '> 5000', '1.234.567', 'critical'],
    ['> 1000', '> 5000', '12.000,5', 'critical'],
    ['> 1000', '> 5000', '12,000.5', 'critical'],
    ['> 1 000', '> 5 000', '2000', 'warning'],
    ['> 1000', '> 5000', '12.000', 'unclear'],
    ['> 1000', '> 5000', '1.5', 'ok'],
    ['> 500ms', '> 2s', '1.234', 'warning'],
    ['> 1000', '> 5000', '12k', 'critical'],
    ['', '> 5k', '900', 'unclear'],
    ['', '< 1.5K', '200', 'unclear'],
    ['', '> 5k', '4', 'ok'],
    ['', '> 5k', '6001', 'critical'],
    ['', '> 5k', '0.9k', 'ok'],
    ['> 80', '> 90', '\u001b[31m95\u001b[0m', 'critical'],
    ['> 80%', '> 90%', '\u001b[1;31m95\u001b[0m %', 'critical'],
    ['> 10 days', '> 20 days', '2 months', 'critical'],
    ['> 10 days', '> 20 days', '3 weeks 1 day', 'critical'],
    ['> 60s', '> 120s', '2 minutes 5 seconds', 'critical'],
    ['> 60s', '> 120s', '1 hour, 2 minutes and 3 seconds', 'critical'],
    ['> 1 day', '> 2 days', '2 days, 3:04:05', 'critical'],
    ['< 20 days', '< 10 days', 'notAfter=Nov 29 10:00:00 2030 GMT', 'no-number'],
    ['< 20 days', '< 10 days', 'expires 2030-11-29', 'no-number'],
    ['< 20 days', '< 10 days', 'expires on 29 November 2030', 'no-number'],
    ['< 20 days', '< 10 days', '29.11.2030', 'no-number'],
    ['< 20 days', '< 10 days', '2 moons', 'no-number'],
    ['> 5', '> 9', '12,34,5', 'no-number'],
    ['< 0', '< -5', '-7', 'critical'],
    ['< 0', '< -5', '\u22127', 'critical'],
    ['20 % or less', '10 % or less', '5 %', 'critical'],
    ['20 % or less', '10 % or less', '15 %', 'warning'],
    ['20 % or less', '10 % or less', '25 %', 'ok'],
    ['5 or more', '10+', '12', 'critical'],
    ['between 10 and 20', 'more than 20', '15', 'warning'],
    ['between 1.5 s and 3 s', 'more than 3 s', '2 s', 'warning'],
    ['between 1.5 s and 3 s', 'more than 3 s', '1 s', 'ok'],
    ['between 1h30m and 2 h', '> 2 h', '100 min', 'warning'],
    ['between 1 h 30 m and 2 h', '> 2 h', '80 min', 'ok'],
    ['', '> 1h30m', '80 min', 'ok'],
    ['', '> 1h30m', '100 min', 'critical'],
    ['', '> 1e6', '20000', 'ok'],
    ['from 5 to 10 %', '> 10 %', '7 %', 'warning'],
    ['from 5 to 10 %', '', '20 %', 'ok'],
    ['', 'older than 2 days', '3 days', 'critical'],
    ['', 'younger than 2 days', '3 days', 'ok'],
    ['', '> 3 s', 'took 2 s, 2 s', 'ok'],
    ['outside 10-20', '', '25', 'warning'],
    ['outside 10-20', '', '15', 'ok'],
    ['not between 10 and 20', '', '5', 'warning'],
    ['>= 10 and < 20', '>= 20', '15', 'warning'],
    ['>= 10 and < 20', '>= 20', '25', 'critical'],
    ['', 'unhealthy', 'unhealthy', 'critical'],
    ['', 'unhealthy', 'healthy', 'ok'],
    ['', 'healthy', 'unhealthy', 'ok'],
    ['degraded', 'down or failed', 'state: failed', 'critical'],
    ['degraded', 'down, failed', 'State: Degraded', 'warning'],
    ['', '!= running', 'it is not running', 'critical'],
  ])('warning %j, critical %j, output %j: %s', (warning, critical, output, expected) => {
    expect(verdict(warning, critical, output)).toBe(expected);
  });

  test('however its thousands and decimals are split, it is the same number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 999_999_999 }),
        fc.integer({ min: 1, max: 99 }),
        fc.constantFrom(
          [',', '.'],
          ['.', ','],
          ["'", '.'],
          ['’', ','],
          ['\u00a0', ','],
          ['_', '.'],
        ),
        (whole, hundredths, [thousands = '', point = '']) => {
          const groups = String(whole).replace(/(?<=\d)(?=(?:\d{3})+$)/g, thousands);
          const decimals = String(hundredths).padStart(2, '0');
          const { value } = judge('> 1', '', `${groups}${point}${decimals}`);
          return value === Number(`${whole}.${decimals}`);
        },
      ),
    );
  });
});

describe('the number of an output', () => {
  test.each([
    ['df', 'Filesystem Size Used Avail Use% Mounted on\n/dev/sda1 50G 20G 28G 42% /', 42, '%'],
    [
      'df of several, the fullest',
      '/dev/sda1 50G 20G 28G 42% /\n/dev/sdb1 9G 8G 1G 91% /var',
      91,
      '%',
    ],
    ['df --output=pcent', 'Use%\n 42%', 42, '%'],
    ['top', '%Cpu(s):  1.2 us,  0.5 sy,  0.0 ni, 97.5 id,  0.8 wa', 2.5, '%'],
    ['top of an older day', 'Cpu(s):  1.2%us,  0.5%sy, 90.0%id,  0.8%wa', 10, '%'],
    [
      'free',
      '              total        used        free\nMem:          16000        8000        2000',
      50,
      '%',
    ],
    ['free -h', 'Mem:            15Gi       3.0Gi       1.2Gi', 20, '%'],
    ['words', 'used 85%', 85, '%'],
    ['words with a colon', 'usage:85%', 85, '%'],
    ['a bare number', '37\n', 37, '%'],
    ['JSON', '{"host":"web-1","usage": 64.5}', 64.5, '%'],
  ])('percent: %s', (_name, output, value, unit) => {
    expect(judge('> 99%', '', output)).toMatchObject({ value, unit });
  });

  test.each([
    ['uptime', ' 10:33:01 up 2 days,  3:04,  1 user,  load average: 0.52, 0.58, 0.59', 0.52],
    ['wc -l', '  42 /var/log/syslog', 42],
    ['a date in front', '2024-01-01 12:00:01 queue 17', 17],
    ['a version and an address', 'nginx/1.2.3 at 10.0.0.1: 12 connections', 12],
    ['a name with digits', 'node-12 has 7 pods', 7],
    ['thousands', 'rows: 1,234,567', 1_234_567],
    ['an assignment', 'count=9', 9],
    ['a list', '3, 4', 3],
    ['several lines, the worst', '3\n9\n4', 9],
  ])('plain: %s', (_name, output, value) => {
    expect(judge('> 100', '', output)).toMatchObject({ value });
  });

  test('lower is worse where the limits say so', () => {
    expect(judge('< 5', '', '3\n9\n4')).toMatchObject({ value: 3 });
  });

  test('hostile output takes no long time', () => {
    for (const output of [
      '1'.repeat(200_000),
      '1,'.repeat(100_000),
      'cpu '.repeat(50_000),
      '1 '.repeat(100_000),
    ]) {
      judge('> 5%', '> 9%', output);
    }
  });
});

describe('a threshold step', () => {
  const run = (command: string, warning: string, critical: string) =>
    runToEnd(
      runThreshold(
        stepOf({ type: 'threshold', text: command }),
        { metric: 'Disk', warning, critical },
        contextOf({ text: command }),
      ),
    );

  test('below its limits passes', async () => {
    const { result, stdout } = await run('echo "used 40%"', '> 80%', '> 90%');
    expect(stdout).toBe('used 40%\n');
    expect(result).toMatchObject({
      outcome: 'passed',
      facts: { value: 40, unit: '%', verdict: 'ok' },
    });
  });

  test('between warning and critical passes and warns', async () => {
    const { result } = await run('echo "used 85%"', '> 80%', '> 90%');
    expect(result).toMatchObject({
      outcome: 'passed',
      warnings: ['Disk is 85%, and the limit is > 80%'],
    });
  });

  test('critical fails, without an exit code that `exit` could excuse', async () => {
    const { result } = await run('echo "used 95%"', '> 80%', '> 90%');
    expect(result).toMatchObject({
      outcome: 'failed',
      why: 'Disk is 95%, and the limit is > 90%: critical',
    });
    expect(result.exitCode).toBeUndefined();
  });

  test('a command that fails has failed, whatever it printed', async () => {
    const { result } = await run('echo 0.000; exit 7', '> 80%', '> 90%');
    expect(result).toMatchObject({ outcome: 'failed', exitCode: 7 });
  });

  test('a count of none is a count', async () => {
    const { result } = await run('printf "a\\nb\\n" | grep -c error', '> 5', '> 10');
    expect(result).toMatchObject({ outcome: 'passed', facts: { value: 0 } });
  });
});

describe('a number in any spelling', () => {
  /** Ways to write a number that people and tools use, each of which says the whole of it. */
  const spellings: readonly ((whole: number, cents: number) => string)[] = [
    (whole, cents) => `${whole}.${two(cents)}`,
    (whole, cents) => `${whole},${two(cents)}`,
    (whole, cents) => `${grouped(whole, ',')}.${two(cents)}`,
    (whole, cents) => `${grouped(whole, '.')},${two(cents)}`,
    (whole, cents) => `${grouped(whole, "'")}.${two(cents)}`,
    (whole, cents) => `${grouped(whole, '\u202f')},${two(cents)}`,
    (whole, cents) => `${grouped(whole, ' ')},${two(cents)}`,
    (whole, cents) => `\u001b[31m${whole}.${two(cents)}\u001b[0m`,
    (whole, cents) => `used: ${whole}.${two(cents)} of many`,
    (whole, cents) => `2026-11-29 03:04:05 value=${whole}.${two(cents)}`,
  ];
  const two = (cents: number): string => String(cents).padStart(2, '0');
  const grouped = (whole: number, by: string): string =>
    String(whole).replace(/(?<=\d)(?=(?:\d{3})+$)/g, by);
  const amount = fc.record({ whole: fc.nat(3_000_000), cents: fc.integer({ min: 1, max: 99 }) });

  test('is judged as what it is, in the output as in the limit, or nobody judges it', () => {
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.constantFrom(...spellings),
        fc.constantFrom(...spellings.slice(0, 7)),
        (value, limit, write, writeLimit) => {
          const found = verdict(
            '',
            `> ${writeLimit(limit.whole, limit.cents)}`,
            write(value.whole, value.cents),
          );
          const cents = (one: typeof value): number => one.whole * 100 + one.cents;
          const truth = cents(value) > cents(limit) ? 'critical' : 'ok';
          expect([truth, 'unclear']).toContain(found);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('between two limits is what the limits say, whatever the order of the columns', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.nat(200), (one, other, value) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const inside = value >= low && value <= high;
        const expected = value > high ? 'critical' : inside ? 'warning' : 'ok';
        for (const range of [`${low}-${high}`, `${low} – ${high}`, `between ${low} and ${high}`])
          expect(verdict(range, `> ${high}`, String(value))).toBe(expected);
        const { facts } = judgeThreshold(
          { metric: 'M', healthy: `< ${low}`, warning: `${low}-${high}`, critical: `> ${high}` },
          String(value),
          'check',
        );
        expect(facts['verdict']).toBe(expected);
      }),
    );
  });

  test.each([
    ['> 1 million', '1500000', 'critical'],
    ['> 1 million', '2 million', 'critical'],
    ['> 1 million', '999999', 'ok'],
    ['> 90 °C', '95°C', 'critical'],
    ['> 1k', '1500', 'critical'],
    ['> 2k', '1500', 'ok'],
    ['-10 to -5', '-7', 'critical'],
    ['> 2.000', '1500', 'unclear'],
    ['< 2.000', '1500', 'unclear'],
    ['1/2', '1', 'unclear'],
    ['3 < x < 9', '5', 'unclear'],
    ['> ten', '5', 'unclear'],
  ])('a limit %s against %s is %s', (limit, output, expected) => {
    expect(verdict('', limit, output)).toBe(expected);
  });

  test('beside a limit that cannot be read nothing is well', () => {
    expect(
      judgeThreshold({ metric: 'M', warning: '> 5', critical: '> ten' }, '3', 'x'),
    ).toMatchObject({ failed: expect.stringContaining('`> ten` cannot be read') });
  });
});

describe('a check on a page of any language', () => {
  const page = (head: string, limits: string, output: string): string =>
    `# P\n\n| M | ${head} |\n|---|---|---|---|\n| Disk | \`echo "${output}"\` | ${limits} |\n`;
  const verdictOf = async (head: string, limits: string, output: string): Promise<unknown> => {
    const { body } = await onlyStep(page(head, limits, output));
    return judgeThreshold(body as ThresholdCheck, output, 'x').facts['verdict'];
  };

  test.each([
    'Command | Warning | Critical',
    'Befehl | Warnung | Kritisch',
    'Commande | Avertissement | Critique',
    'Comando | Advertencia | Crítico',
    'Comando | Aviso | Crítico',
    'Comando | Avviso | Critico',
    'Opdracht | Waarschuwing | Kritiek',
    'Polecenie | Ostrzeżenie | Krytyczny',
    'Kommando | Varning | Kritisk',
    'Příkaz | Varování | Kritické',
    'Команда | Предупреждение | Критично',
    'Команда | Попередження | Критично',
    'コマンド | 警告 | 重大',
    '命令 | 警告 | 严重',
    '명령어 | 경고 | 위험',
  ])('knows the columns of its limits: %s', async (head) => {
    expect(await verdictOf(head, '> 80 % | > 90 %', '95 %')).toBe('critical');
    expect(await verdictOf(head, '> 80 % | > 90 %', '85 %')).toBe('warning');
    expect(await verdictOf(head, '> 80 % | > 90 %', '5 %')).toBe('ok');
  });

  test('says of no limit that it holds whose column is called nothing known', async () => {
    const { body } = await onlyStep(page('Check | Warning | Quux', '> 80 % | > 90 %', '95 %'));
    expect(body).toMatchObject({ warning: '> 80 %', unnamed: ['> 90 %'] });
    expect(await verdictOf('Check | Warning | Quux', '> 80 % | > 90 %', '95 %')).toBe('unclear');
  });

  test.each([
    ['> 20 Tage', '3 Monate', 'critical'],
    ['> 20 jours', '2 mois', 'critical'],
    ['> 20 days', '2 Monate', 'critical'],
    ['> 2 часов', '90 минут', 'ok'],
    ['> 30 minuti', '2 ore', 'critical'],
    ['> 2 Stunden', '1 Stunde 30 Minuten', 'ok'],
    ['> 1 Stunde', '1 Stunde 30 Minuten', 'critical'],
    ['> 30 秒', '2 分', 'critical'],
    ['> 80 Prozent', '95 %', 'critical'],
    ['10 % oder weniger', '5 %', 'critical'],
    ['10 % ou moins', '50 %', 'ok'],
    ['10 % o menos', '5 %', 'critical'],
    ['10 или менее', '5', 'critical'],
    ['10以下', '5', 'critical'],
    ['10 oder mehr', '5', 'ok'],
    ['10 tai quux', '5', 'unclear'],
    ['weniger als 10', '5', 'unclear'],
    ['> 10 of the pool', '5', 'ok'],
  ])('a limit %s against %s is %s', (limit, output, expected) => {
    expect(verdict('', limit, output)).toBe(expected);
  });
});
