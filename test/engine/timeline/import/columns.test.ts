import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Columns, type ImportField } from '../../../../src/engine/timeline/import/columns.ts';

const FIELDS: readonly ImportField[] = ['time', 'text', 'body', 'actor', 'id'];
const name = fc.constantFrom(
  ...['time', 'Time', 'created at', 'created_at', 'title', 'text', 'labels', 'labels.alertname'],
  ...['user', 'user.name', 'id', '', 'constructor', '__proto__'],
);
const value = fc.oneof(
  fc.constantFrom(null, '', ' x ', 'y', 7, false),
  fc.record({ alertname: fc.constantFrom('a', null), name: fc.constantFrom('n', ' ') }),
);
const record = fc
  .array(fc.tuple(name, value), { maxLength: 6 })
  .map((fields) => Object.fromEntries(fields));

test('a record is read the same whatever records were read before it', () => {
  fc.assert(
    fc.property(fc.array(record), fc.constantFrom({}, { text: 'labels.alertname' }), (all, map) => {
      const columns = new Columns(map);
      for (const each of all) {
        const [known, fresh] = [columns.reading(each), new Columns(map).reading(each)];
        expect(FIELDS.map(known)).toEqual(FIELDS.map(fresh));
      }
    }),
  );
});

test('a field stands under its own name, under one that is spelled otherwise, or further in', () => {
  const reading = new Columns({}).reading({
    '': 'nothing',
    'Created At': '2026-11-20',
    title: null,
    labels: { alertname: 'Disk' },
    user: ' ',
    'user.name': 'ana',
  });
  expect(FIELDS.map(reading)).toEqual(['2026-11-20', 'Disk', '', 'ana', '']);
});
