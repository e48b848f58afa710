import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { HandrailError } from '../../engine/model/errors.ts';
import { loadYaml } from '../../engine/yaml.ts';
import { isTeamUrl } from '../../stores/team/connection.ts';
import { configurationFiles } from './configuration.ts';

type Env = Readonly<Record<string, string | undefined>>;

const configurationSchema = z.object({ team: z.optional(z.object({ url: z.string() })) });

/** URL of the team's record: as given, else HANDRAIL_TEAM, else the configuration. Throws CONFIGURATION when there is none. */
export async function teamUrl(given: string | undefined, env: Env): Promise<string> {
  const url = await teamUrlIfAny(given, env);
  if (url !== undefined) return url;
  throw new HandrailError('CONFIGURATION', {
    message:
      "No team's record is named. Give its URL with --team or HANDRAIL_TEAM, or as `team: { url: … }` in ~/.config/handrail/config.yaml.",
  });
}

/** The same; `undefined` when none is named anywhere. */
export async function teamUrlIfAny(
  given: string | undefined,
  env: Env,
): Promise<string | undefined> {
  const url = given || env['HANDRAIL_TEAM'] || (await configuredUrl(env));
  if (!url || isTeamUrl(url)) return url || undefined;
  throw new HandrailError('CONFIGURATION', {
    message: "The URL of the team's record begins with `postgres://`; what is given does not.",
  });
}

async function configuredUrl(env: Env): Promise<string | undefined> {
  for (const file of configurationFiles(env)) {
    const url = await urlIn(file);
    if (url !== undefined) return url;
  }
  return undefined;
}

async function urlIn(file: string): Promise<string | undefined> {
  const { parse } = await loadYaml();
  try {
    const { data } = configurationSchema.safeParse(parse(readFileSync(file, 'utf8')) ?? {});
    if (data !== undefined) return data.team?.url;
  } catch {
    // Told below.
  }
  throw new HandrailError('CONFIGURATION', {
    message: `\`${file}\` cannot be read: expected YAML such as \`team: { url: postgres://… }\`.`,
  });
}
