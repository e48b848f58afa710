/** One entry of a runbook's `schedule`, ready to be carried out. */
export interface Scheduled {
  /** Name for files and units: letters, digits, `-`, `_`. */
  readonly name: string;
  /** The runbook's absolute path. */
  readonly path: string;
  readonly title: string;
  /** Procedure id; `null` for the whole runbook. */
  readonly procedure: string | null;
  /** Cron expression of five fields. */
  readonly cron: string;
  /** IANA zone. */
  readonly timezone: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** The host whose worker starts it; `null`: whoever calls it from cron or a timer. */
  readonly host: string | null;
}

/** Every entry that can be carried out, and what is wrong with the others: one never hides another. */
export interface Schedules {
  readonly entries: readonly Scheduled[];
  /** A sentence for each entry that cannot be carried out. */
  readonly wrong: readonly string[];
  /** A sentence for each pair of which one would not run. */
  readonly skipped: readonly string[];
}

/** How to call handrail from a place with almost no environment. */
export interface CallLine {
  /** Absolute paths of node and of handrail's entry. */
  readonly program: readonly string[];
  /** Absolute path of the state folder. */
  readonly state: string;
}

/** The words of the command line that carries out one scheduled entry. */
export function commandWords(entry: Scheduled, call: CallLine): readonly string[] {
  const address = entry.procedure ? `${entry.path}#${entry.procedure}` : entry.path;
  const inputs = Object.entries(entry.inputs).flatMap(([name, value]) => [
    '--input',
    `${name}=${value}`,
  ]);
  const whole = entry.procedure ? [] : ['--all'];
  return [
    ...call.program,
    'run',
    address,
    ...whole,
    '--unattended',
    '--quiet',
    '--state',
    call.state,
    ...inputs,
  ];
}
