import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { yamlValue } from '../../engine/yaml.ts';
import type { Invocation } from '../command.ts';

/** Values given with `--inputs FILE` and `--input NAME=VALUE`, later ones winning; every value is text as it was written. */
export async function givenInputs(
  invocation: Invocation,
  cwd: string,
): Promise<Readonly<Record<string, string>>> {
  const given: Record<string, string> = {};
  for (const file of invocation.list('inputs')) Object.assign(given, await fromFile(file, cwd));
  for (const word of invocation.list('input')) {
    const at = word.indexOf('=');
    if (at < 1)
      throw new HandrailError('USAGE', {
        message: `\`--input ${word}\` has no value: write \`--input NAME=VALUE\`.`,
      });
    given[word.slice(0, at)] = word.slice(at + 1);
  }
  return given;
}

/** YAML's failsafe schema reads every scalar as the text it is: `1.10` stays `1.10`, `no` stays `no`. JSON is YAML too. */
async function fromFile(file: string, cwd: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(path.resolve(cwd, file), 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const yaml = await yamlValue(text, { schema: 'failsafe' });
  if ('why' in yaml)
    throw new HandrailError('CONFIGURATION', {
      message: `\`${file}\` is not valid YAML: ${yaml.why}. Give lines such as \`name: value\`.`,
    });
  const data: unknown = yaml.value ?? {};
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw notNames(file);
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, scalar(file, name, value)]),
  );
}

function scalar(file: string, name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new HandrailError('CONFIGURATION', {
    message: `\`${name}\` in \`${file}\` is not one value; an input is a text, a number, true or false.`,
  });
}

function notNames(file: string): HandrailError {
  return new HandrailError('CONFIGURATION', {
    message: `\`${file}\` does not hold \`name: value\` lines.`,
  });
}

function unreadable(file: string, error: unknown): HandrailError {
  const code = error instanceof Error && 'code' in error ? error.code : error;
  return new HandrailError(
    'USAGE',
    { message: `The inputs in \`${file}\` cannot be read (${code}); give a file that is there.` },
    { cause: error },
  );
}
