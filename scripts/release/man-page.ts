import type { CommandTable, OptionSpec } from '../../src/cli/command.ts';
import { usageLine } from '../../src/cli/help.ts';
import { EXIT } from '../../src/engine/model/outcome.ts';

/** The manual page of the command line, in man(7), from the table that parsing and help are made of. */
export function manPage({ commands, common }: CommandTable, version: string): string {
  const parts = commands.flatMap((command) => [
    `.SS ${text(command.name)}`,
    text(`${capital(command.summary)}.`),
    '.PP',
    '.nf',
    text(usageLine(command)),
    '.fi',
    ...command.arguments.flatMap(({ name, summary }) => item(name, summary)),
    ...command.options.flatMap(optionItem),
    ...command.examples.flatMap(([line, purpose]) => [
      '.PP',
      text(`${capital(purpose)}:`),
      '.PP',
      '.RS 4',
      '.nf',
      text(line),
      '.fi',
      '.RE',
    ]),
  ]);
  const codes = Object.entries(EXIT).flatMap(([name, code]) => item(String(code), name));
  return [
    `.TH HANDRAIL 1 "" "handrail ${version}" "User Commands"`,
    '.SH NAME',
    'handrail \\- carry out the runbook you already have',
    '.SH SYNOPSIS',
    '.B handrail',
    text('COMMAND [words] [options]'),
    '.SH COMMANDS',
    ...parts,
    '.SH OPTIONS OF EVERY COMMAND',
    ...common.flatMap(optionItem),
    '.SH EXIT STATUS',
    ...codes,
    '',
  ].join('\n');
}

function optionItem({ name, short, value, summary }: OptionSpec): readonly string[] {
  const word = value === undefined ? '' : ` ${value}`;
  return item(`${short === undefined ? '' : `-${short}, `}--${name}${word}`, summary);
}

function item(head: string, body: string): readonly string[] {
  return ['.TP', `.B ${text(head)}`, text(`${capital(body)}.`)];
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** A line of text: nothing in it is a request or an escape, and a hyphen stays the one that can be copied. */
function text(line: string): string {
  const plain = line.replaceAll('\\', '\\e').replaceAll('-', '\\-');
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}
