import * as z from 'zod/mini';
import { timelineSchema } from '../../src/engine/model/timeline.ts';

/** The published JSON schema of a timeline, made from the model's own. */
export function timelineJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(timelineSchema, { target: 'draft-2020-12' });
  const schema = {
    $schema,
    $id: 'urn:handrail:timeline:1',
    title: 'A handrail timeline',
    description:
      'What `handrail timeline --format json` prints; `--format ndjson` prints its events, one a line.',
    ...rest,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
