/** Runbooks that the bench makes, so that it needs nothing from outside. */

/** A page of so many steps with the same command. */
export function steps(count: number, command: string): string {
  const one = `\n\`\`\`bash\n${command}\n\`\`\`\n`;
  return `# Bench\n${one.repeat(count)}`;
}

/** A manual of about so many bytes: procedures of prose, a table, a list and small steps. */
export function manualOf(bytes: number, title = 'Manual'): string {
  const parts: string[] = [`# ${title}\n`];
  for (let number = 1, size = 0; size < bytes; number += 1) {
    const text = part(number);
    parts.push(text);
    size += text.length;
  }
  return parts.join('\n');
}

function part(number: number): string {
  return [
    `## Part ${number}\n`,
    'The pool hangs when connections leak. Look before you act, and write down what you see.\n',
    '| Sign | Meaning |\n|---|---|\n| slow | the pool is full |\n| errors | the pool is gone |\n',
    '- The team was told\n',
    'Look at it:\n',
    `\`\`\`bash\necho "part ${number}"\n\`\`\`\n`,
  ].join('\n');
}
