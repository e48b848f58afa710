import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import type { SiteAlert } from '../../engine/contracts/site.ts';
import { HandrailError } from '../../engine/model/errors.ts';

/** What `handrail alerts --format json` says, as far as the site is concerned. */
const alertsSchema = z.object({
  alerts: z.array(
    z.object({
      name: z.string(),
      targets: z.array(z.object({ path: z.string(), procedure: z.string() })),
    }),
  ),
});

/** Name of the file beside the runbooks. */
export const ALERTS_FILE = 'alerts.json';

/** Where alerts lead, as `handrail alerts --json` left it in the folder; none without such a file. Throws CONFIGURATION. */
export function siteAlerts(folder: string): readonly SiteAlert[] {
  const file = path.join(folder, ALERTS_FILE);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  const read = alertsSchema.safeParse(parsed(text));
  if (!read.success)
    throw new HandrailError('CONFIGURATION', {
      message: `\`${file}\` is not what \`handrail alerts --json\` writes. Write it anew, or take it away.`,
    });
  return read.data.alerts.flatMap(({ name, targets }) =>
    targets.map(({ path: page, procedure }) => ({ name, page, procedure })),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
