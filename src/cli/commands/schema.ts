import { EXIT } from '../../engine/model/outcome.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import { jsonSchemaOf } from '../writing/json-schema.ts';
import { isWordTable } from '../writing/word-tables.ts';

export const spec: CommandWords = {
  name: 'schema',
  summary: 'print the JSON Schema of the words of a runbook',
  aside: true,
  arguments: [
    {
      name: 'WORDS',
      choices: ['frontmatter', 'annotations', 'test'],
      summary: 'frontmatter (default), annotations or test',
    },
  ],
  options: [],
  examples: [['handrail schema > frontmatter.schema.json', 'for an editor']],
};

/** `handrail schema`: the JSON Schema of the frontmatter, the annotations or the tests. */
export const run: CommandBody['run'] = async ({ words: [name] }, { out }) => {
  const schema = jsonSchemaOf(isWordTable(name) ? name : 'frontmatter');
  await out.write(`${JSON.stringify(schema, null, 2)}\n`);
  return EXIT.passed;
};
