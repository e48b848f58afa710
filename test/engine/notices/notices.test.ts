import { describe, expect, test } from 'vitest';
import { noticeRequest, noticeText } from '../../../src/engine/notices/body.ts';
import { type NoticeFacts, occasionsOfEnd } from '../../../src/engine/notices/occasion.ts';

const facts: NoticeFacts = {
  occasion: 'failure',
  run: '0193a1b2-0000-7000-8000-000000000001',
  runbook: '/srv/nightly.md',
  title: 'Nightly <backup>',
  procedures: ['nightly-backup'],
  host: 'db1',
  user: 'root',
  outcome: 'failed',
  at: '2026-11-21T02:31:00.000Z',
  durationMs: 61_000,
  exitCode: 1,
  step: 'Dump & compress',
  why: 'exit code 9',
  resume: 'handrail resume 0193a1b2',
  incident: null,
};

describe('the end of a run', () => {
  const none = { previous: null, usualMs: null };
  test.each([
    ['passed', 10, none, ['success']],
    ['passed', 10, { previous: 'failed', usualMs: null }, ['success', 'recovery']],
    ['passed', 10, { previous: 'skipped', usualMs: null }, ['success']],
    ['passed', 2001, { previous: 'passed', usualMs: 1000 }, ['success', 'slow']],
    ['passed', 2000, { previous: 'passed', usualMs: 1000 }, ['success']],
    ['passed', 300, { previous: 'passed', usualMs: 30 }, ['success']],
    ['failed', 10, none, ['failure']],
    ['timed-out', 10, none, ['failure']],
    ['refused', 10, none, ['failure']],
    ['waiting', 10, none, ['waiting']],
    ['skipped', 0, none, ['skipped']],
  ])('as %s after %i ms is an occasion', (outcome, durationMs, history, occasions) => {
    expect(occasionsOfEnd(outcome, durationMs, history)).toEqual(occasions);
  });
});

describe('a notice', () => {
  test('says what failed, where, why, and how to go on', () => {
    expect(noticeText(facts)).toBe(
      [
        'Nightly <backup> on db1 FAILED at "Dump & compress" after 1 m 01 s: exit code 9',
        'Runbook /srv/nightly.md, run 0193a1b2-0000-7000-8000-000000000001',
        'Go on with: handrail resume 0193a1b2',
      ].join('\n'),
    );
  });

  test('for Slack escapes what Slack would read as markup', () => {
    const { body } = noticeRequest('slack', 'http://127.0.0.1/hook', facts);
    expect(JSON.parse(body).text).toContain(
      'Nightly &lt;backup&gt; on db1 FAILED at "Dump &amp; compress"',
    );
  });

  test('for healthchecks pings the signal of the occasion with the run id', () => {
    const url = (occasion: NoticeFacts['occasion']): string =>
      noticeRequest('healthchecks', 'http://127.0.0.1/ping/abc/', { ...facts, occasion }).url;
    expect(url('start')).toBe(`http://127.0.0.1/ping/abc/start?rid=${facts.run}`);
    expect(url('success')).toBe(`http://127.0.0.1/ping/abc?rid=${facts.run}`);
    expect(url('failure')).toBe(`http://127.0.0.1/ping/abc/fail?rid=${facts.run}`);
    expect(url('waiting')).toBe(`http://127.0.0.1/ping/abc/log?rid=${facts.run}`);
  });

  test('as JSON carries the facts', () => {
    expect(JSON.parse(noticeRequest('json', 'http://127.0.0.1/', facts).body)).toMatchObject(facts);
  });
});
