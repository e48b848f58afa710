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
  approve: null,
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

  test('says where the chain of all runs stood, for whoever keeps it', () => {
    const text = noticeText({ ...facts, chain: 'line 12, 0123456789ab' });
    expect(text.split('\n').at(-1)).toBe('Chain of all runs: line 12, 0123456789ab');
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

  test('for PagerDuty triggers, and the success of the same procedure resolves', () => {
    const event = (occasion: NoticeFacts['occasion'], run: string) =>
      JSON.parse(
        noticeRequest('pagerduty', 'http://127.0.0.1/v2/enqueue', { ...facts, occasion, run }, 'k1')
          .body,
      );
    const opened = event('failure', 'a');
    expect(opened).toMatchObject({
      routing_key: 'k1',
      event_action: 'trigger',
      payload: { severity: 'error', source: 'db1', timestamp: facts.at },
    });
    expect(opened.payload.custom_details).toMatchObject({ resume: facts.resume });
    const closed = event('success', 'b');
    expect([closed.event_action, closed.dedup_key]).toEqual(['resolve', opened.dedup_key]);
    expect(event('waiting', 'c').event_action).toBe('trigger');
    expect(event('recovery', 'd').event_action).toBe('resolve');
    const long = { ...facts, runbook: `/${'x'.repeat(400)}` };
    const { body } = noticeRequest('pagerduty', 'http://127.0.0.1/', long, 'k');
    expect(JSON.parse(body).dedup_key.length).toBeLessThanOrEqual(255);
  });

  test('for Opsgenie opens an alert by an alias, and closes it by the same', () => {
    const call = (occasion: NoticeFacts['occasion']) =>
      noticeRequest('opsgenie', 'http://127.0.0.1/v2/alerts/', { ...facts, occasion }, 'k2');
    const opened = call('waiting');
    expect(opened).toMatchObject({
      url: 'http://127.0.0.1/v2/alerts',
      headers: { authorization: 'GenieKey k2' },
    });
    const { alias, message } = JSON.parse(opened.body);
    expect(message.length).toBeLessThanOrEqual(130);
    // It stands in a path: nothing in it needs to be encoded there.
    expect(alias).toMatch(/^[\w-]{1,512}$/);
    expect(call('success').url).toBe(
      `http://127.0.0.1/v2/alerts/${alias}/close?identifierType=alias`,
    );
    const why = 'x'.repeat(20_000);
    const long = { ...facts, title: why, why };
    const { description, entity, details } = JSON.parse(
      noticeRequest('opsgenie', 'http://127.0.0.1/v2/alerts', long, 'k2').body,
    );
    expect([description.length, entity.length]).toEqual([15_000, 512]);
    expect(JSON.stringify(details).length).toBeLessThanOrEqual(8000);
  });

  test('of long names are told apart at both ends, and cut between characters', () => {
    const key = (host: string, runbook: string): string =>
      JSON.parse(
        noticeRequest('pagerduty', 'http://127.0.0.1/', { ...facts, host, runbook }, 'k').body,
      ).dedup_key;
    const middle = 'x'.repeat(400);
    const keys = [
      key('a', `/${middle}`),
      key('b', `/${middle}`),
      key('a', `/${middle}y`),
      key('a', `/y${middle}`),
    ];
    expect(new Set(keys).size).toBe(4);
    for (const pad of ['', 'x']) {
      const odd = {
        ...facts,
        title: `${pad}${'😀'.repeat(700)}`,
        runbook: `/${pad}${'😀'.repeat(400)}`,
      };
      for (const service of ['pagerduty', 'opsgenie', 'teams', 'slack', 'json'] as const) {
        for (const occasion of ['failure', 'success'] as const) {
          const { url, body } = noticeRequest(
            service,
            'http://127.0.0.1/',
            { ...odd, occasion },
            'k',
          );
          expect(URL.canParse(url)).toBe(true);
          expect(body).not.toMatch(/\\ud[89a-f]/i);
        }
      }
    }
  });

  test('for Teams is a card of plain texts, with the commands that go on and approve', () => {
    const approve = 'handrail approve 0193a1b2 purge';
    const { body } = noticeRequest('teams', 'http://127.0.0.1/', { ...facts, approve });
    const [{ content }] = JSON.parse(body).attachments;
    const blocks: { type: string; inlines: { text: string }[] }[] = content.body;
    expect(new Set(blocks.map(({ type }) => type))).toEqual(new Set(['RichTextBlock']));
    const texts = blocks.flatMap(({ inlines }) => inlines.map(({ text }) => text));
    expect(texts.slice(-4)).toEqual(['Approve with:', approve, 'Go on with:', facts.resume]);
    for (const command of [approve, facts.resume ?? ''])
      expect(texts.filter((text) => text.includes(command))).toEqual([command]);
  });
});
