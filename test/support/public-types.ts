import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** Where something is declared. */
interface Declared {
  readonly file: string;
  readonly name: string;
}

/** One declaration file: what it declares, with the types each mentions, and what it takes from others. */
interface Declarations {
  readonly own: ReadonlyMap<string, Declaration>;
  readonly taken: ReadonlyMap<string, Declared>;
}

interface Declaration {
  readonly exported: boolean;
  /** It is made of a table of values, by which it is named: what stands behind it is nobody's type. */
  readonly ofTable: boolean;
  readonly mentions: ReadonlySet<string>;
}

/** Exported types that the signatures of a package's entry lead to and that the entry itself does not export. */
export function unnamedTypes(entry: string): readonly string[] {
  const files = new Map<string, Declarations>();
  const at = (file: string): Declarations => {
    const known = files.get(file) ?? declarationsIn(file);
    files.set(file, known);
    return known;
  };
  const whereIs = ({ file, name }: Declared): Declared | undefined => {
    if (at(file).own.has(name)) return { file, name };
    const elsewhere = at(file).taken.get(name);
    return elsewhere && whereIs(elsewhere);
  };
  const keyOf = ({ file, name }: Declared): string =>
    `${path.relative(path.dirname(entry), file)} ${name}`;
  const named = [...at(entry).taken.values()].flatMap((each) => whereIs(each) ?? []);
  const names = new Set(named.map(keyOf));
  const unnamed = new Set<string>();
  const seen = new Set<string>();
  for (const each of named) {
    if (seen.has(keyOf(each))) continue;
    seen.add(keyOf(each));
    const declaration = at(each.file).own.get(each.name);
    if (declaration === undefined) continue;
    if (declaration.exported && !names.has(keyOf(each))) unnamed.add(keyOf(each));
    if (declaration.ofTable) continue;
    for (const name of declaration.mentions) {
      const mentioned = whereIs({ file: each.file, name });
      if (mentioned !== undefined) named.push(mentioned);
    }
  }
  return [...unnamed].toSorted();
}

function declarationsIn(file: string): Declarations {
  const own = new Map<string, Declaration>();
  const taken = new Map<string, Declared>();
  const { program } = parseSync(file, readFileSync(file, 'utf8'));
  const from = (source: string): string =>
    path.join(path.dirname(file), source.replace(/\.ts$/, '.d.ts'));
  for (const node of program.body) {
    const isExport = node.type === 'ExportNamedDeclaration';
    if (isExport || node.type === 'ImportDeclaration') {
      if (node.source?.value.startsWith('.'))
        for (const each of node.specifiers) {
          const theirs =
            each.type === 'ExportSpecifier' ? each.local : Reflect.get(each, 'imported');
          const ours = each.type === 'ExportSpecifier' ? each.exported : each.local;
          taken.set(nameOf(ours), { file: from(node.source.value), name: nameOf(theirs) });
        }
    }
    const declaration = isExport ? node.declaration : node;
    const name = nameOf(Object(declaration).id);
    if (name !== '' && declaration !== null)
      own.set(name, { exported: isExport, ...mentionsOf(declaration) });
  }
  return { own, taken };
}

function nameOf(identifier: unknown): string {
  return String(Object(identifier).name ?? '');
}

type Node = Parameters<Visitor['visit']>[0]['body'][number];

function mentionsOf(node: Node): Pick<Declaration, 'mentions' | 'ofTable'> {
  const mentions = new Set<string>();
  let ofTable = false;
  const visitor = new Visitor({
    TSTypeReference: ({ typeName }) => void mentions.add(nameOf(typeName)),
    TSInterfaceHeritage: ({ expression }) => void mentions.add(nameOf(expression)),
    TSTypeQuery: () => {
      ofTable = true;
    },
  });
  visitor.visit({
    type: 'Program',
    body: [node],
    sourceType: 'module',
    hashbang: null,
    start: 0,
    end: 0,
  });
  return { mentions, ofTable };
}
