import { afterSkip, STEP_OUTCOMES, type StepOutcome } from '../model/outcome.ts';
import type { Evidence, TimelineRun } from '../model/timeline.ts';
import { exceptionsOf, type StepStanding, type Tried, withAttempt } from '../record/fold-run.ts';
import { afterWord, settledBy } from '../record/fold-steps.ts';
import { ClockWatch } from './clock-watch.ts';
import { type DraftEvent, type DraftFacts, draftEvent, ENGINE, textOf } from './draft.ts';
import { type Fields, integer, isObject, type LogLine, objectAt } from './log-lines.ts';
import { type Actor, TELLINGS } from './tellings.ts';

interface PlannedFacts {
  readonly title: string;
  readonly procedure: string;
}
interface OpenStep {
  readonly line: LogLine;
  readonly draft: DraftFacts;
}

const MOST_NAMED = 3;

/** Makes timeline events of one run's log, line by line, in constant memory. */
export class RunScanner {
  readonly #path: string;
  readonly #run: string;
  readonly #planned = new Map<string, PlannedFacts>();
  readonly #seen = new Set<string>();
  readonly #open = new Map<string, OpenStep>();
  /** How each planned step stands, as far as that makes an exception of it. */
  readonly #standing = new Map<string, StepStanding>();
  /** Steps under way in this leg of the run; a probe leaves its step as it stands. */
  readonly #running = new Set<string>();
  readonly #clocks: ClockWatch;
  #started: LogLine | null = null;
  #host = 'unknown';
  #actor: Actor = { name: 'unknown', type: 'service' };
  #ended: LogLine | null = null;
  #outcome = 'interrupted';
  #lastAt = '';

  /** `path` is the log's own, relative to the state folder. */
  constructor(run: string, path: string) {
    this.#run = run;
    this.#path = path;
    this.#clocks = new ClockWatch(path);
  }

  get clocks(): ClockWatch['found'] {
    return this.#clocks.found;
  }

  /** The incident that the run says it belongs to. */
  get incident(): string | null {
    return textOf(this.#started?.event['incident']) || null;
  }

  take(line: LogLine): readonly DraftEvent[] {
    const facts = line.event;
    if (line.type === 'run.started') this.#begin(line);
    if (line.type === 'run.resumed')
      this.#host = textOf(objectAt(facts, 'who')['host']) || this.#host;
    this.#clocks.take(line, this.#host);
    this.#lastAt = line.at;
    this.#settle(line, textOf(facts['stepId']));
    if (line.type === 'step.started') return this.#startStep(line);
    if (line.type === 'step.finished') return [this.#finishStep(line)];
    return this.#others(line);
  }

  /** Steps that were started and never finished: their outcome is unknown. */
  finish(): readonly DraftEvent[] {
    this.#interrupt();
    const events = [...this.#open.values()].map(({ draft }) =>
      draftEvent({
        ...draft,
        outcome: 'unknown',
        body: 'The engine was lost before its end was recorded.',
      }),
    );
    this.#open.clear();
    return events;
  }

  summary(): TimelineRun | null {
    const started = this.#started;
    if (!started) return null;
    const runbook = objectAt(started.event, 'runbook');
    const ended = this.#ended;
    return {
      run: this.#run,
      title: textOf(runbook['title']) || textOf(runbook['path']),
      path: textOf(runbook['path']),
      sha256: textOf(runbook['sha256']),
      host: this.#host,
      actor: this.#actor,
      startedAt: started.at,
      endedAt: ended?.at ?? (this.#outcome === 'interrupted' ? this.#lastAt : null),
      outcome: this.#outcome,
      why: textOf(ended?.event['why']) || null,
      exitCode: integer(ended?.event['exitCode']),
      steps: this.#seen.size,
      notReached: [...this.#planned.keys()].filter((id) => !this.#seen.has(id)).length,
      exceptions: this.#exceptions,
    };
  }

  /** Titles of procedures by step, for times against budgets. */
  #begin(line: LogLine): void {
    this.#started = line;
    const who = objectAt(line.event, 'who');
    this.#host = textOf(who['host']) || 'unknown';
    this.#actor = actorOf(who, line.event['attended'] === true);
    this.#plan(line.event['steps']);
  }

  #plan(steps: unknown): void {
    for (const step of Array.isArray(steps) ? steps : []) {
      if (!isObject(step)) continue;
      const { title, procedure } = step;
      this.#planned.set(textOf(step['id']), { title: textOf(title), procedure: textOf(procedure) });
    }
  }

  /** Of a run that passed: the steps that are no clean pass. */
  get #exceptions(): number {
    return this.#outcome === 'passed' ? exceptionsOf([...this.#standing.values()]).length : 0;
  }

  /** What a line says of how its step stands. */
  #settle({ type, event }: LogLine, stepId: string): void {
    if (type === 'run.resumed') this.#interrupt();
    if (type === 'step.expanded') this.#standing.delete(stepId);
    const before = this.#standing.get(stepId) ?? {
      id: stepId,
      own: event['own'] === true,
      outcome: null,
      by: null,
      attempts: [],
    };
    const put = (next: Partial<StepStanding>): void => {
      this.#standing.set(stepId, { ...before, ...next });
    };
    const by = textOf(event['by']) || null;
    if (type === 'step.started') {
      put({});
      if (event['probe'] !== true) this.#running.add(stepId);
    }
    if (type === 'step.finished') {
      this.#running.delete(stepId);
      const tried = this.#tried(event, stepId);
      const settles = 'settles' in event ? stepOutcome(event['settles']) : undefined;
      const outcome = settledBy({ ...tried, settles });
      const attempts = withAttempt(before.attempts, tried);
      put(outcome === undefined ? { attempts } : { attempts, outcome, by });
    }
    if (type === 'step.skipped')
      put({ by, outcome: afterSkip(before.outcome, event['condition']) });
    if (type === 'step.resolved') put({ outcome: afterWord(event) });
  }

  /** Nobody knows how the steps ended that were running when the engine was lost. */
  #interrupt(): void {
    for (const id of this.#running) {
      const standing = this.#standing.get(id);
      if (standing !== undefined) this.#standing.set(id, { ...standing, outcome: 'unknown' });
    }
    this.#running.clear();
  }

  #tried(event: Fields, stepId: string): Tried {
    return {
      attempt: integer(event['attempt']) ?? 1,
      outcome: stepOutcome(event['outcome']) ?? 'unknown',
      text: textOf(this.#open.get(stepId)?.line.event['text']),
      probe: event['probe'] === true,
    };
  }

  #startStep(line: LogLine): readonly DraftEvent[] {
    const stepId = textOf(line.event['stepId']);
    const tried = integer(line.event['try']) ?? 1;
    const title = textOf(line.event['title']) || this.#titleOf(stepId);
    this.#seen.add(stepId);
    const lost = this.#open.get(stepId);
    this.#open.set(stepId, {
      line,
      draft: {
        ...this.#facts(line, stepId),
        kind: 'step',
        title: tried > 1 ? `${title} (try ${tried})` : title,
        actor: ENGINE,
        command: textOf(line.event['text']) || null,
        visibility: line.event['probe'] === true ? 'detail' : 'shown',
      },
    });
    return lost ? [draftEvent({ ...lost.draft, outcome: 'unknown' })] : [];
  }

  #finishStep(line: LogLine): DraftEvent {
    const { event } = line;
    const stepId = textOf(event['stepId']);
    const open = this.#open.get(stepId);
    this.#open.delete(stepId);
    this.#seen.add(stepId);
    const by = textOf(event['by']);
    const draft = open?.draft ?? {
      ...this.#facts(line, stepId),
      kind: 'step' as const,
      title: this.#titleOf(stepId),
      actor: ENGINE,
    };
    return draftEvent({
      ...draft,
      endedAt: laterOf(line.at, draft.occurredAt),
      actor: by === '' ? draft.actor : { name: by, type: 'human' },
      outcome: textOf(event['outcome']) || 'unknown',
      exitCode: integer(event['exitCode']),
      handled: event['handled'] === true,
      body: reasons(event),
      evidence: [
        ...(open
          ? [this.#evidence(open.line), this.#evidence(line, 'end')]
          : [this.#evidence(line)]),
        ...this.#output(event),
      ],
    });
  }

  #others(line: LogLine): readonly DraftEvent[] {
    const { event, type } = line;
    const stepId = textOf(event['stepId']);
    const step = this.#titleOf(stepId);
    if (type === 'step.skipped' || type === 'step.resolved') this.#seen.add(stepId);
    if (type === 'run.finished') {
      this.#ended = line;
      this.#outcome = textOf(event['outcome']) || 'unknown';
    } else if (type === 'step.expanded') {
      this.#planned.delete(stepId);
      this.#plan(event['steps']);
    } else if (type === 'run.waiting') this.#outcome = 'waiting';
    else if (type === 'run.resumed') [this.#ended, this.#outcome] = [null, 'interrupted'];
    const said = TELLINGS[type]?.(event, {
      step,
      exceptions: this.#exceptions,
      runbook: this.#name,
      actor: type === 'run.resumed' ? actorOf(objectAt(event, 'who'), true) : this.#actor,
    });
    return said ? [draftEvent({ ...this.#facts(line, stepId), actor: ENGINE, ...said })] : [];
  }

  /** What it is a run of: the runbook, and those of its procedures that were asked for by name. */
  get #name(): string {
    const started = this.#started?.event ?? {};
    const asked = objectAt(started, 'request')['procedures'];
    const procedures = (Array.isArray(asked) ? asked : []).map(textOf).filter(Boolean);
    const more = procedures.length - MOST_NAMED;
    const named = [...procedures.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])];
    const which = named.length === 0 ? '' : ` (${named.join(', ')})`;
    return `"${textOf(objectAt(started, 'runbook')['title'])}"${which}`;
  }

  #titleOf(stepId: string): string {
    return this.#planned.get(stepId)?.title || stepId;
  }

  #facts(
    line: LogLine,
    stepId: string,
  ): Pick<DraftEvent, 'id' | 'occurredAt' | 'recordedAt' | 'source' | 'evidence'> {
    return {
      id: `${this.#run}#${line.seq}`,
      occurredAt: line.at,
      recordedAt: line.at,
      source: {
        type: 'run',
        run: this.#run,
        step: stepId || null,
        procedure: this.#planned.get(stepId)?.procedure || null,
        host: this.#host,
        file: null,
      },
      evidence: [this.#evidence(line)],
    };
  }

  #evidence(line: LogLine, label = 'log'): Evidence {
    return { label, path: this.#path, url: null, sha256: line.sha256, line: line.line };
  }

  #output(event: Fields): readonly Evidence[] {
    const output = objectAt(event, 'output');
    const path = textOf(output['path']);
    const sha256 = textOf(output['sha256']);
    if (path === '' || !/^[0-9a-f]{64}$/.test(sha256)) return [];
    const folder = this.#path.slice(0, this.#path.lastIndexOf('/') + 1);
    return [{ label: 'output', path: `${folder}${path}`, url: null, sha256, line: null }];
  }
}

function stepOutcome(value: unknown): StepOutcome | null {
  return STEP_OUTCOMES.find((each) => each === value) ?? null;
}

function reasons(event: Fields): string | null {
  const warnings = event['warnings'];
  const parts = [event['why'], event['note'], ...(Array.isArray(warnings) ? warnings : [])];
  return parts.map(textOf).filter(Boolean).join('\n') || null;
}

function actorOf(who: Fields, attended: boolean): Actor {
  const name = textOf(who['user']) || textOf(who['gitIdentity']) || 'unknown';
  const trigger = textOf(who['trigger']);
  if (trigger === 'cron') return { name, type: 'cron' };
  return { name, type: attended || trigger === 'terminal' ? 'human' : 'service' };
}

function laterOf(left: string, right: string): string {
  return Date.parse(left) < Date.parse(right) ? right : left;
}
