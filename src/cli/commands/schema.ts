import { EXIT } from '../../engine/model/outcome.ts';
import type { Value, Words } from '../../engine/model/word.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import { isWordTable, WORD_TABLES, type WordTableName } from '../writing/word-tables.ts';

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

const DURATION = String.raw`^(\d+(\.\d+)?|(\d+(\.\d+)?(ms|s|m|h|d))+)$`;
/** A text that says something. */
const SOMETHING = { pattern: String.raw`\S` };
const SCALAR = ['string', 'number', 'boolean'] as const;

/** The JSON Schema (2020-12) of a table of words, for editors and other tools. */
export function jsonSchemaOf(name: WordTableName): object {
  const { words, lead } = WORD_TABLES[name];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:handrail:${name}:1`,
    title: `handrail ${name}`,
    description: lead,
    ...groupSchema(words),
    patternProperties: { '^x-': {} },
  };
}

function groupSchema(words: Words): {
  readonly type: 'object';
  readonly additionalProperties: false;
  readonly properties: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
} {
  const required = Object.keys(words).filter((name) => words[name]?.required === true);
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(words).map(([name, word]) => [
        name,
        {
          description:
            word.default === undefined ? word.meaning : `${word.meaning} Default: ${word.default}.`,
          ...valueSchema(word.value),
          ...(word.required === true && word.value.kind === 'groups' ? { minItems: 1 } : {}),
        },
      ]),
    ),
    ...(required.length > 0 ? { required } : {}),
  };
}

function valueSchema(value: Value): object {
  switch (value.kind) {
    case 'text':
      return { type: SCALAR, ...(value.empty === true ? {} : SOMETHING) };
    case 'flag':
      return value.or === undefined ? { type: 'boolean' } : { enum: [true, false, ...value.or] };
    case 'duration':
    case 'span':
      return { type: ['string', 'number'], pattern: DURATION };
    case 'count':
      return {
        type: 'integer',
        minimum: 0,
        ...(value.most === undefined ? {} : { maximum: value.most }),
      };
    case 'number':
      return { type: 'number', minimum: 0 };
    case 'codes':
      return {
        anyOf: [
          { type: 'integer', minimum: 0, maximum: 255 },
          { type: 'string', pattern: String.raw`^\d{1,3}([\s,]+\d{1,3})*$` },
          { type: 'array', items: { type: 'integer', minimum: 0, maximum: 255 } },
        ],
      };
    case 'choice':
      return { enum: value.of };
    case 'scalar':
      return { type: SCALAR };
    case 'scalars':
      return { type: 'array', minItems: 1, items: { type: SCALAR } };
    case 'texts': {
      const one = value.of === undefined ? { type: SCALAR, ...SOMETHING } : { enum: value.of };
      const least = value.some === true ? { minItems: 1 } : {};
      return { anyOf: [one, { type: 'array', ...least, items: one }] };
    }
    case 'map': {
      const of = valueSchema(value.of);
      const each = value.bare === true ? { anyOf: [{ type: 'null' }, of] } : of;
      return { type: 'object', propertyNames: SOMETHING, additionalProperties: each };
    }
    case 'group':
      return groupSchema(value.words);
    case 'groups':
      return { type: 'array', items: groupSchema(value.words) };
    default:
      return value satisfies never;
  }
}
