import * as z from 'zod/mini';

const words = z.record(z.string(), z.string());

const alertSchema = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: words,
  annotations: z._default(words, {}),
  startsAt: z.string(),
  endsAt: z.optional(z.string()),
  generatorURL: z.optional(z.string()),
  fingerprint: z.string().check(z.minLength(1), z.maxLength(256)),
});

const MOST_ALERTS = 1000;

const webhookSchema = z.object({
  version: z.literal('4'),
  groupKey: z.string().check(z.minLength(1)),
  status: z.enum(['firing', 'resolved']),
  receiver: z._default(z.string(), ''),
  groupLabels: z._default(words, {}),
  commonLabels: z._default(words, {}),
  commonAnnotations: z._default(words, {}),
  truncatedAlerts: z._default(z.number(), 0),
  alerts: z.array(alertSchema).check(z.maxLength(MOST_ALERTS)),
});

/** A notification of Alertmanager, as its webhook sends it (version 4). Every text in it is somebody else's. */
export type Webhook = z.infer<typeof webhookSchema>;

/** One alert of it. */
export type FiringAlert = Webhook['alerts'][number];

/** Reads the body of a webhook, or says in a phrase why it is none. */
export function readWebhook(text: string): Webhook | { readonly why: string } {
  let said: unknown;
  try {
    said = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { why: 'it is no JSON' };
  }
  const read = webhookSchema.safeParse(said);
  if (read.success) return { ...read.data, alerts: read.data.alerts.map(atOneTime) };
  const [issue] = read.error.issues;
  if (issue?.code === 'too_big' && issue.path.length === 1)
    return {
      why: `it holds more than ${MOST_ALERTS} alerts (\`max_alerts\` of the receiver bounds them)`,
    };
  const where = (issue?.path ?? []).map(String).join('.');
  return {
    why: where === '' ? 'it is no object of that kind' : `\`${where}\` is not as version 4 has it`,
  };
}

/** One time in one spelling: `10:00:00Z` and `11:00:00+01:00` are the same firing. */
function atOneTime(alert: FiringAlert): FiringAlert {
  const at = new Date(alert.startsAt);
  return Number.isNaN(at.getTime()) ? alert : { ...alert, startsAt: at.toISOString() };
}
