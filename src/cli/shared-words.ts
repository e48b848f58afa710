import type { ArgumentSpec, OptionSpec } from './command.ts';

/** A runbook, or one of its procedures. */
export const runbookArgument: ArgumentSpec = {
  name: 'FILE[#procedure]',
  required: true,
  completes: 'runbook',
  summary: 'a markdown file, or the name of one below this folder',
};

/** A run that was. */
export const runArgument: ArgumentSpec = {
  name: 'RUN',
  completes: 'run',
  summary: 'a run id, the beginning of one, or `last`',
};

/** A value for an input. */
export const inputOption: OptionSpec = {
  name: 'input',
  short: 'i',
  value: 'NAME=VALUE',
  many: true,
  completes: 'input',
  summary: 'give an input',
};

/** Values for inputs, secrets among them, that are on no command line. */
export const inputsOption: OptionSpec = {
  name: 'inputs',
  value: 'FILE',
  many: true,
  completes: 'file',
  summary: 'give inputs from a YAML or JSON file',
};

/** The incident that it is about. */
export const incidentOption: OptionSpec = {
  name: 'incident',
  value: 'ID',
  summary: 'the incident, HANDRAIL_INCIDENT or the open one by default',
};

/** In whose time it is told. */
export const timezoneOption: OptionSpec = {
  name: 'timezone',
  value: 'ZONE',
  summary: 'such as Europe/Zagreb',
};

export const atOption: OptionSpec = {
  name: 'at',
  value: 'TIME',
  summary: 'when it happened: 14:05, `5 minutes ago`, 2026-11-20T02:05Z',
};

/** What others wrote down. */
export const importOption: OptionSpec = {
  name: 'import',
  value: 'FILE',
  many: true,
  completes: 'file',
  summary: 'chat or alert export: csv, jsonl, Slack json',
};

/** How what others wrote down is read. */
export const mapOption: OptionSpec = {
  name: 'map',
  value: 'FIELD=NAME',
  many: true,
  summary: 'where time, text, actor, id … stand in it',
};

/** A key that the record is signed with. */
export const signOption: OptionSpec = {
  name: 'sign',
  value: 'KEY',
  completes: 'file',
  summary: 'sign the record with this SSH key',
};

/** Whose signatures count. */
export const signersOption: OptionSpec = {
  name: 'allowed-signers',
  value: 'FILE',
  completes: 'file',
  summary: 'whose signatures count (else HANDRAIL_ALLOWED_SIGNERS)',
};
const TEAM_URL = /^postgres(?:ql)?:\/\//i;

/** The record of a team. */
export const teamOption: OptionSpec = {
  name: 'team',
  value: 'URL',
  optional: TEAM_URL,
  summary: "the team's record (else HANDRAIL_TEAM, or the configuration)",
};

/** Who signs. */
export const identityOptions: readonly OptionSpec[] = [
  { name: 'key', value: 'FILE', completes: 'file', summary: 'your SSH key (else HANDRAIL_KEY)' },
  { name: 'as', value: 'WHO', summary: 'your name among the allowed signers (else HANDRAIL_AS)' },
];

/** A file instead of standard output. */
export const outOption: OptionSpec = {
  name: 'out',
  value: 'FILE',
  completes: 'file',
  summary: 'write it into this file instead',
};

/** The record of a team, in the place of the state folder. */
export const ofTeamOption: OptionSpec = {
  ...teamOption,
  insteadOf: 'state',
  summary: "read the team's record (at HANDRAIL_TEAM by default)",
};

/** Other hosts. */
export const onOption: OptionSpec = {
  name: 'on',
  value: 'HOST[,HOST]',
  many: true,
  summary: 'run the commands there over ssh, one host after the other',
};

/** How many of them at once. */
export const parallelOption: OptionSpec = {
  name: 'parallel',
  value: 'N',
  summary: 'so many of these hosts at a time (default: 1)',
};

/** What one host has to do with the others. */
export const keepGoingOption: OptionSpec = {
  name: 'keep-going',
  summary: 'what failed does not keep the steps, or hosts, behind it from their turn',
};

/** A condition that holds. */
export const holdsOption: OptionSpec = {
  name: 'holds',
  value: 'ID',
  many: true,
  completes: 'step',
  summary: 'the condition of this step holds: do it',
};

/** A condition that does not hold. */
export const notOption: OptionSpec = {
  name: 'not',
  value: 'ID',
  many: true,
  completes: 'step',
  summary: 'it does not hold: leave the step out',
};

/** For a program that reads it. */
export const jsonOption: OptionSpec = { name: 'json', summary: 'print JSON on standard output' };

/** Options that every command takes. */
export const common: readonly OptionSpec[] = [
  {
    name: 'state',
    value: 'DIR',
    completes: 'folder',
    summary: 'where runs are kept (else HANDRAIL_HOME, .handrail/, XDG)',
  },
  { name: 'plain', summary: 'no colour and no redrawing' },
  { name: 'help', short: 'h', summary: 'show this help' },
];

/** Nobody is asked. */
export const unattendedOption: OptionSpec = {
  name: 'unattended',
  summary: 'never ask a person: decide by policy',
};

/** A step that may run without its question. */
export const approveOption: OptionSpec = {
  name: 'approve',
  value: 'ID',
  many: true,
  completes: 'step',
  summary: 'grant this step its confirmation',
};

/** As cron likes it. */
export const quietOption: OptionSpec = {
  name: 'quiet',
  short: 'q',
  summary: 'nothing on success, everything on failure',
};

/** What happens in a run, for a program. */
export const eventsOption: OptionSpec = {
  name: 'json',
  summary: 'events as JSON lines on standard output',
};

/** Where else its log goes. */
export const logOutOption: OptionSpec = {
  name: 'out',
  value: 'FILE',
  completes: 'file',
  summary: 'a copy of the rendered run log',
};
