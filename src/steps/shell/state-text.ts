import { MARK, secretMark } from '../../engine/model/secret-mark.ts';
import { fromLatin1, printedForms, toLatin1 } from '../../process/bash-quoting.ts';
import { EMPTY_STATE, type ShellState } from './state.ts';

/** The state as text to carry, with every secret's value taken out and its name put in. */
export function packState(state: ShellState, secrets: ReadonlyMap<string, string>): string {
  const forms = secretForms(secrets);
  const packed =
    forms.length === 0 ? state : eachText(state, (text) => withoutSecrets(text, forms));
  return JSON.stringify(packed);
}

/** Reads what `packState` wrote. Variables that hold a secret which has no value now are left out. */
export function unpackState(
  text: string | undefined,
  secrets: ReadonlyMap<string, string>,
): ShellState {
  if (text === undefined || text === '') return EMPTY_STATE;
  // Written by packState alone; what comes back from the store is this program's own text.
  const packed = JSON.parse(text) as ShellState;
  if (!text.includes('\\u0000')) return packed;
  const forms = secretForms(secrets);
  const filled = eachText(packed, (each) => withSecrets(each, forms));
  return { ...filled, variables: filled.variables.filter(({ value }) => !value?.includes(MARK)) };
}

interface SecretForm {
  readonly mark: string;
  readonly printed: string;
}

/** Longest first, so that a secret inside another one does not hide it. */
function secretForms(secrets: ReadonlyMap<string, string>): readonly SecretForm[] {
  return [...secrets]
    .filter(([, value]) => value !== '')
    .flatMap(([name, value]) =>
      printedForms(toLatin1(value)).map((printed, form) => ({
        mark: secretMark(form, toLatin1(name)),
        printed,
      })),
    )
    .sort((one, other) => other.printed.length - one.printed.length);
}

function withoutSecrets(text: string, forms: readonly SecretForm[]): string {
  let pieces = [text];
  for (const { mark, printed } of forms) {
    pieces = pieces.flatMap((piece) =>
      piece.startsWith(MARK) ? [piece] : between(piece.split(printed), mark),
    );
  }
  return pieces.join('');
}

function between(pieces: readonly string[], mark: string): string[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [mark, piece]));
}

function withSecrets(text: string, forms: readonly SecretForm[]): string {
  return forms.reduce((filled, { mark, printed }) => filled.split(mark).join(printed), text);
}

function eachText(state: ShellState, change: (text: string) => string): ShellState {
  return {
    ...state,
    cwd: fromLatin1(change(toLatin1(state.cwd))),
    variables: state.variables.map((declaration) =>
      declaration.value === undefined
        ? declaration
        : { ...declaration, value: change(declaration.value) },
    ),
    functions: change(state.functions),
    aliases: change(state.aliases),
  };
}
