import { EXIT } from '../../engine/model/outcome.ts';
import type { CommandBody } from '../command.ts';
import { jsonSchemaOf } from '../writing/json-schema.ts';

/** `handrail schema`: the JSON Schema of the frontmatter or of the annotations. */
export const run: CommandBody['run'] = async ({ words: [name] }, { out }) => {
  const schema = jsonSchemaOf(name === 'annotations' ? 'annotations' : 'frontmatter');
  await out.write(`${JSON.stringify(schema, null, 2)}\n`);
  return EXIT.passed;
};
