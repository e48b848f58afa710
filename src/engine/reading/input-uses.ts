import type { Frontmatter } from '../model/frontmatter.ts';
import type { InputUse, Step } from '../model/runbook.ts';

interface Use {
  readonly spelling: string;
  readonly lines: Set<number>;
}

const SECRET = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|(?:^|[_-])(?:API[_-]?)?KEY$/i;

/** Inputs of a runbook and the steps with the names of those they use. */
export interface ReadInputs {
  readonly inputs: readonly InputUse[];
  readonly steps: readonly Step[];
}

/** Finds uses of declared and captured inputs (`{{name}}`) and the author's own spellings in shell text. */
export function readInputs(steps: readonly Step[], frontmatter: Frontmatter): ReadInputs {
  const declared = new Set(Object.keys(frontmatter.inputs ?? {}));
  for (const { annotations } of steps) if (annotations.capture) declared.add(annotations.capture);
  const uses = new Map<string, Use>();
  const read = steps.map((step) => {
    const names = [...braced(step, declared, uses), ...wild(step, uses)];
    return names.length > 0 ? { ...step, inputs: [...new Set(names)] } : step;
  });
  for (const name of Object.keys(frontmatter.inputs ?? {})) {
    if (!uses.has(name)) uses.set(name, { spelling: `{{${name}}}`, lines: new Set() });
  }
  const inputs = [...uses].map(([name, use]) => toInput(name, use, frontmatter));
  return { inputs, steps: read };
}

function braced(
  step: Step,
  declared: ReadonlySet<string>,
  uses: Map<string, Use>,
): readonly string[] {
  if (declared.size === 0 || !step.text.includes('{{')) return [];
  const found: string[] = [];
  for (const match of step.text.matchAll(/\{\{\s*([A-Za-z_][\w.-]*)\s*(?:\|\s*\w+\s*)?\}\}/g)) {
    const name = match[1] ?? '';
    if (!declared.has(name)) continue;
    const line = step.textLine + step.text.slice(0, match.index).split('\n').length - 1;
    note(uses, name, `{{${name}}}`, line);
    found.push(name);
  }
  return found;
}

function wild(step: Step, uses: Map<string, Use>): readonly string[] {
  return (step.shell?.wildInputs ?? []).map(({ name, spelling, line }) => {
    note(uses, name, spelling, step.textLine + line);
    return name;
  });
}

function note(uses: Map<string, Use>, name: string, spelling: string, line: number): void {
  const known = uses.get(name) ?? { spelling, lines: new Set<number>() };
  known.lines.add(line);
  uses.set(name, known);
}

function toInput(name: string, use: Use, frontmatter: Frontmatter): InputUse {
  const said = frontmatter.inputs?.[name];
  const bound =
    said?.default !== undefined
      ? 'default'
      : said?.env
        ? `environment ${said.env}`
        : said?.command
          ? 'command'
          : null;
  return {
    name,
    declared: said !== undefined,
    spelling: use.spelling,
    lines: [...use.lines].sort((left, right) => left - right),
    secret: said?.secret ?? SECRET.test(name),
    bound,
  };
}
