import type { Plan } from '../../engine/model/plan.ts';
import { type Canvas, clip, fold } from './canvas.ts';

/** The values that a run begins with, and where they came from; secrets are not shown. */
export function inputsScreen({ values }: Plan, canvas: Canvas): readonly string[] {
  const rows = values.map(({ name, value, secret, source }) => ({
    name,
    value: secret ? '***' : value,
    source: source === 'operator' ? 'you' : source,
  }));
  if (canvas.plain)
    return rows.flatMap(({ name, value, source }) =>
      fold(`Input ${name}: ${value}. From: ${source}.`, canvas.width),
    );
  const names = Math.min(24, Math.max(...rows.map(({ name }) => name.length)));
  const sources = Math.min(20, Math.max(...rows.map(({ source }) => source.length)));
  const room = Math.max(8, canvas.width - names - sources - 6);
  const shown = Math.min(room, Math.max(...rows.map(({ value }) => value.length)));
  return [
    '',
    ...rows.map(({ name, value, source }) => {
      const label = canvas.style('dim', clip(name, names).padEnd(names));
      const from = canvas.style('dim', clip(source, sources));
      return `  ${label}  ${clip(value, shown).padEnd(shown)}  ${from}`;
    }),
    '',
  ];
}
