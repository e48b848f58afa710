import * as z from 'zod/mini';
import { annotationsSchema } from './annotations.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const listOfText = z.union([
  z.array(z.string()),
  z.pipe(
    z.string(),
    z.transform((value) => [value]),
  ),
]);

/** How one input is declared. */
export const inputDeclarationSchema = z.strictObject({
  description: z.optional(z.string()),
  default: z.optional(scalar),
  choices: z.optional(z.array(scalar)),
  pattern: z.optional(z.string()),
  type: z.optional(z.enum(['string', 'number', 'boolean'])),
  secret: z.optional(z.boolean()),
  env: z.optional(z.string()),
  command: z.optional(z.string()),
  required: z.optional(z.boolean()),
});
export type InputDeclaration = z.infer<typeof inputDeclarationSchema>;

/** The frontmatter handrail reads; every field is optional. Duration fields keep their text here. */
export const frontmatterSchema = z.strictObject({
  title: z.optional(z.string()),
  description: z.optional(z.string()),
  kind: z.optional(z.enum(['runbook', 'manual'])),
  owner: z.optional(z.string()),
  severity: z.optional(z.string()),
  tags: z.optional(listOfText),
  aliases: z.optional(listOfText),
  infer: z.optional(z.boolean()),
  inputs: z.optional(z.record(z.string(), z.union([z.null(), inputDeclarationSchema]))),
  requires: z.optional(
    z.strictObject({
      commands: z.optional(listOfText),
      env: z.optional(listOfText),
      files: z.optional(listOfText),
    }),
  ),
  connections: z.optional(
    z.record(z.string(), z.strictObject({ url: z.string(), readonly: z.optional(z.boolean()) })),
  ),
  shell: z.optional(
    z.strictObject({
      program: z.optional(z.string()),
      errexit: z.optional(z.boolean()),
      pipefail: z.optional(z.boolean()),
      nounset: z.optional(z.boolean()),
    }),
  ),
  timeout: z.optional(z.union([z.string(), z.number()])),
  /** How long a run may wait for a person before it has to be begun anew. */
  waiting: z.optional(z.string()),
  timezone: z.optional(z.string()),
  lock: z.optional(
    z.strictObject({
      name: z.optional(z.string()),
      policy: z.optional(z.enum(['skip', 'wait', 'fail'])),
      wait: z.optional(z.string()),
    }),
  ),
  schedule: z.optional(
    z.array(
      z.strictObject({
        procedure: z.optional(z.string()),
        cron: z.string(),
        timezone: z.optional(z.string()),
        inputs: z.optional(z.record(z.string(), scalar)),
      }),
    ),
  ),
  notify: z.optional(
    z.array(
      z.strictObject({
        on: listOfText,
        command: z.optional(z.string()),
        webhook: z.optional(z.string()),
        format: z.optional(z.enum(['json', 'slack', 'healthchecks'])),
        timeout: z.optional(z.string()),
      }),
    ),
  ),
  defaults: z.optional(annotationsSchema),
});
export type Frontmatter = z.infer<typeof frontmatterSchema>;
