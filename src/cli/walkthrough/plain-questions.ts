import { createInterface } from 'node:readline/promises';
import type { Outlet } from '../outlet.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Questions } from './questions.ts';

/**
 * Questions of plain mode: one line is asked, one line is answered, nothing is redrawn. The end of
 * input and Ctrl-C leave a question unanswered (`undefined`).
 */
export function plainQuestions(stdin: NodeJS.ReadStream, out: Outlet): Questions {
  let leaveOpen = (): void => undefined;
  const line = async (question: string, secret = false): Promise<string | undefined> => {
    const leave = new AbortController();
    leaveOpen = () => leave.abort();
    const reader = createInterface({ input: stdin, output: process.stdout, terminal: !secret });
    reader.once('close', () => leave.abort());
    reader.once('SIGINT', () => leave.abort());
    // Node's readline pauses its input when it goes on after Ctrl-Z; nothing would be left to wait for.
    reader.on('SIGCONT', () => reader.resume());
    if (secret) hideTyping(stdin, true);
    try {
      return await reader.question(`${screenLine(question)} `, { signal: leave.signal });
    } catch {
      return undefined;
    } finally {
      if (secret) {
        hideTyping(stdin, false);
        await out.write('\n');
      }
      reader.close();
    }
  };
  return {
    async text(question, { fallback, judge } = {}) {
      for (;;) {
        const answer = await line(fallback ? `${question} (${fallback})` : question);
        if (answer === undefined) return undefined;
        const value = answer.trim() === '' && fallback !== undefined ? fallback : answer;
        const why = judge?.(value);
        if (why === undefined) return value;
        await out.write(`${why}\n`);
      }
    },
    secret: (question) => line(question, true),
    async pick(question, choices) {
      for (const [at, { label }] of choices.entries())
        await out.write(`${at + 1}. ${screenLine(label)}\n`);
      const answer = await line(`${question} Number:`);
      return choices[Number(answer) - 1]?.value;
    },
    edit: (question, text) => line(`${question} Now: ${text.replace(/\n/g, '; ')}. New text:`),
    confirm: async (question) => /^y(es)?$/i.test((await line(`${question} (yes or no)`)) ?? ''),
    leave: () => leaveOpen(),
  };
}

/** In raw mode the terminal does not echo; readline without `terminal` leaves the echo to the terminal. */
function hideTyping(stdin: NodeJS.ReadStream, hidden: boolean): void {
  if (stdin.isTTY) stdin.setRawMode(hidden);
}
