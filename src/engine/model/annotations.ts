import * as z from 'zod/mini';
import { parseDuration } from '../../text/duration.ts';
import { EFFECTS } from './effect.ts';

const flag = z.pipe(
  z.union([z.boolean(), z.string()]),
  z.transform((value, context) => {
    if (value === true || value === 'true' || value === '' || value === 'yes') return true;
    if (value === false || value === 'false' || value === 'no') return false;
    context.issues.push({ code: 'custom', input: value, message: 'is true or false' });
    return z.NEVER;
  }),
);
const durationMs = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((value, context) => {
    const ms = parseDuration(String(value));
    if (ms !== undefined) return ms;
    context.issues.push({ code: 'custom', input: value, message: 'is a duration such as 30s' });
    return z.NEVER;
  }),
);
const count = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((value, context) => {
    if (/^\d{1,6}$/.test(String(value))) return Number(value);
    context.issues.push({ code: 'custom', input: value, message: 'is a whole number' });
    return z.NEVER;
  }),
);
const exitCodes = z.pipe(
  z.union([z.string(), z.number(), z.array(z.number())]),
  z.transform((value, context) => {
    const codes = Array.isArray(value)
      ? value
      : String(value)
          .split(/[\s,]+/)
          .map(Number);
    if (
      codes.length > 0 &&
      codes.every((code) => Number.isInteger(code) && code >= 0 && code <= 255)
    )
      return codes;
    context.issues.push({
      code: 'custom',
      input: value,
      message: 'is a list of exit codes such as 0,3',
    });
    return z.NEVER;
  }),
);
const text = z.pipe(z.union([z.string(), z.number(), z.boolean()]), z.transform(String));

/** Every annotation that handrail knows, whichever way it is spelled. Durations are milliseconds. */
export const annotationsSchema = z.strictObject({
  name: z.optional(text),
  title: z.optional(text),
  tag: z.optional(text),
  effect: z.optional(z.enum(EFFECTS)),
  confirm: z.optional(flag),
  unattended: z.optional(z.enum(['run', 'skip', 'stop'])),
  timeout: z.optional(durationMs),
  retries: z.optional(count),
  delay: z.optional(durationMs),
  backoff: z.optional(z.pipe(z.union([z.string(), z.number()]), z.transform(Number))),
  exit: z.optional(exitCodes),
  until: z.optional(text),
  for: z.optional(durationMs),
  verify: z.optional(flag),
  'on-fail': z.optional(z.enum(['stop', 'continue'])),
  'on-engine-death': z.optional(z.enum(['kill', 'leave'])),
  'on-unknown': z.optional(z.enum(['ask', 'repeat', 'done'])),
  capture: z.optional(text),
  cwd: z.optional(text),
  env: z.optional(z.record(z.string(), z.string())),
  shell: z.optional(text),
  interpreter: z.optional(text),
  isolated: z.optional(flag),
  connection: z.optional(text),
  always: z.optional(flag),
  when: z.optional(text),
  run: z.optional(flag),
  infer: z.optional(flag),
  ignore: z.optional(flag),
  match: z.optional(z.enum(['shape', 'subset', 'exact', 'text'])),
  output: z.optional(flag),
  allow: z.optional(text),
  interactive: z.optional(flag),
  background: z.optional(flag),
});

/** What a runbook's author said about a step. */
export type Annotations = z.infer<typeof annotationsSchema>;
