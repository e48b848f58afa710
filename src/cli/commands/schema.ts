import { EXIT } from '../../engine/model/outcome.ts';
import type { CommandBody } from '../command.ts';
import { jsonSchemaOf } from '../writing/json-schema.ts';
import { isWordTable } from '../writing/word-tables.ts';

/** `handrail schema`: the JSON Schema of the frontmatter, the annotations or the tests. */
export const run: CommandBody['run'] = async ({ words: [name] }, { out }) => {
  const schema = jsonSchemaOf(isWordTable(name) ? name : 'frontmatter');
  await out.write(`${JSON.stringify(schema, null, 2)}\n`);
  return EXIT.passed;
};
