import type { AnyStepType } from '../engine/contracts/step-type.ts';
import { checklist } from './checklist.ts';
import { http } from './http.ts';
import { manual } from './manual.ts';
import { read } from './read.ts';
import { reference } from './reference.ts';
import { runbook } from './runbook.ts';
import { script } from './script.ts';
import { shell } from './shell.ts';
import { sql } from './sql.ts';
import { threshold } from './threshold.ts';

/** Every step type, in order of detection. */
export const stepTypes: readonly AnyStepType[] = [
  shell,
  script,
  sql,
  http,
  runbook,
  checklist,
  manual,
  threshold,
  read,
  reference,
];
