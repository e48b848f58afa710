import type { CommandBody, CommandSpec, CommandTable, CommandWords } from './command.ts';
import { spec as alerts } from './commands/alerts.ts';
import { spec as anchor } from './commands/anchor.ts';
import { spec as approve } from './commands/approve.ts';
import { spec as cancel } from './commands/cancel.ts';
import { spec as check } from './commands/check.ts';
import { spec as completion } from './commands/completion.ts';
import { spec as doctor } from './commands/doctor.ts';
import { spec as evidence } from './commands/evidence.ts';
import { spec as expect } from './commands/expect.ts';
import { spec as fmt } from './commands/fmt.ts';
import { spec as forAlert } from './commands/for-alert.ts';
import { spec as help } from './commands/help.ts';
import { spec as incident } from './commands/incident.ts';
import { spec as list } from './commands/list.ts';
import { spec as log } from './commands/log.ts';
import { spec as mcp } from './commands/mcp.ts';
import { spec as metrics } from './commands/metrics.ts';
import { spec as newRunbook } from './commands/new.ts';
import { spec as note } from './commands/note.ts';
import { spec as prune } from './commands/prune.ts';
import { spec as queue } from './commands/queue.ts';
import { spec as request } from './commands/request.ts';
import { spec as resume } from './commands/resume.ts';
import { spec as review } from './commands/review.ts';
import { spec as run } from './commands/run.ts';
import { spec as runs } from './commands/runs.ts';
import { spec as schedule } from './commands/schedule.ts';
import { spec as schema } from './commands/schema.ts';
import { spec as show } from './commands/show.ts';
import { spec as site } from './commands/site.ts';
import { spec as status } from './commands/status.ts';
import { spec as team } from './commands/team.ts';
import { spec as test } from './commands/test.ts';
import { spec as timeline } from './commands/timeline.ts';
import { spec as verify } from './commands/verify.ts';
import { spec as worker } from './commands/worker.ts';
import { common } from './shared-words.ts';

const command = (words: CommandWords, load: () => Promise<CommandBody>): CommandSpec => ({
  ...words,
  load,
});

/**
 * Every command there is, in the order of the help screen. Parsing, help, completion and the documentation are derived
 * from it. The bundle holds the words alone: the build writes them out in this file's place (`scripts/build.ts`), so that
 * a start loads the code of one command.
 */
export const TABLE: CommandTable = {
  common,
  commands: [
    command(run, () => import('./commands/run.ts')),
    command(resume, () => import('./commands/resume.ts')),
    command(show, () => import('./commands/show.ts')),
    command(list, () => import('./commands/list.ts')),
    command(check, () => import('./commands/check.ts')),
    command(alerts, () => import('./commands/alerts.ts')),
    command(forAlert, () => import('./commands/for-alert.ts')),
    command(runs, () => import('./commands/runs.ts')),
    command(log, () => import('./commands/log.ts')),
    command(expect, () => import('./commands/expect.ts')),
    command(verify, () => import('./commands/verify.ts')),
    command(anchor, () => import('./commands/anchor.ts')),
    command(note, () => import('./commands/note.ts')),
    command(incident, () => import('./commands/incident.ts')),
    command(timeline, () => import('./commands/timeline.ts')),
    command(site, () => import('./commands/site.ts')),
    command(schedule, () => import('./commands/schedule.ts')),
    command(status, () => import('./commands/status.ts')),
    command(request, () => import('./commands/request.ts')),
    command(approve, () => import('./commands/approve.ts')),
    command(cancel, () => import('./commands/cancel.ts')),
    command(queue, () => import('./commands/queue.ts')),
    command(worker, () => import('./commands/worker.ts')),
    command(evidence, () => import('./commands/evidence.ts')),
    command(review, () => import('./commands/review.ts')),
    command(team, () => import('./commands/team.ts')),
    command(metrics, () => import('./commands/metrics.ts')),
    command(mcp, () => import('./commands/mcp.ts')),
    command(prune, () => import('./commands/prune.ts')),
    command(newRunbook, () => import('./commands/new.ts')),
    command(doctor, () => import('./commands/doctor.ts')),
    command(completion, () => import('./commands/completion.ts')),
    command(test, () => import('./commands/test.ts')),
    command(fmt, () => import('./commands/fmt.ts')),
    command(schema, () => import('./commands/schema.ts')),
    command(help, () => import('./commands/help.ts')),
  ],
};
