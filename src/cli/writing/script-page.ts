import type { Input, Section } from './script-parts.ts';

/** The runbook: its frontmatter, and a heading with a fence for every section. */
export function written(
  title: string,
  intro: string,
  settings: readonly string[],
  inputs: readonly Input[],
  sections: readonly Section[],
): string {
  const head = ['---', 'kind: runbook'];
  if (settings.length > 0) head.push(`shell: { ${settings.join(', ')} }`);
  if (inputs.length > 0) head.push('inputs:');
  for (const { name, description, fallback, secret } of inputs)
    head.push(
      `  ${name}: { description: ${JSON.stringify(description)}${fallback === undefined ? '' : `, default: ${JSON.stringify(fallback)}`}${secret === true ? ', secret: true' : ''} }`,
    );
  const order = { main: 0, rollback: 1, cleanup: 2 };
  const body = sections
    .toSorted((one, other) => order[one.role] - order[other.role])
    .flatMap((one) => {
      const text = one.lines
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .replace(/^\n+|\s+$/g, '');
      const name = one.title === '' ? '' : one.title.charAt(0).toUpperCase() + one.title.slice(1);
      return [
        ...(name === '' ? [] : [`## ${name}`, '']),
        ...one.prose.flatMap((line) => [line, '']),
        ...(text === '' ? [] : [`${fence(text)}bash`, text, fence(text), '']),
      ];
    });
  return [...head, '---', '', `# ${title}`, '', ...(intro === '' ? [] : [intro, '']), ...body].join(
    '\n',
  );
}

/** A fence longer than any in the text. */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
}
