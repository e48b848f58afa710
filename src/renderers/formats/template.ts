import runtime from 'handlebars/runtime.js';
import { BUILD } from '../../engine/model/build.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { escapeHtml } from './html.ts';
import { TEMPLATE_OPTIONS } from './template-options.ts';

/** A template that is ready: data in, text out. A field that the data does not have throws CONFIGURATION. */
export type Template = (data: object) => string;

/**
 * The door to the templates: the user's own `NAME.hbs` in `folder` when there is one, else ours. Each is compiled once.
 * Throws CONFIGURATION when a user's template cannot be read or compiled.
 */
export function openTemplates(options: {
  readonly folder: string | null;
}): (name: string) => Promise<Template> {
  const found = new Map<string, Promise<Template>>();
  return (name) => {
    const known = found.get(name) ?? find(name, options.folder);
    found.set(name, known);
    return known;
  };
}

async function find(name: string, folder: string | null): Promise<Template> {
  const own = folder === null ? undefined : await readTemplate(folder, name);
  if (own !== undefined) return guarded(await compiled(own), `${folder}/${name}.hbs`);
  const ours = BUILD === null ? await fromFile(name) : await precompiled(name);
  if (ours === undefined)
    throw new HandrailError('CONFIGURATION', { message: `There is no template \`${name}\`.` });
  return ours;
}

/** In the built program our templates are functions already, and only Handlebars' runtime is loaded. */
async function precompiled(name: string): Promise<Template | undefined> {
  const { OWN_TEMPLATES } = await import('./own-templates.ts');
  const specification =
    OWN_TEMPLATES[name] ?? (await ownOfReports(name)) ?? (await ownOfOthers(name));
  return specification === undefined ? undefined : ready(specification);
}

async function ownOfReports(name: string): Promise<unknown> {
  const { OWN_REPORT_TEMPLATES } = await import('./own-report-templates.ts');
  return OWN_REPORT_TEMPLATES[name];
}

async function ownOfOthers(name: string): Promise<unknown> {
  if (name.startsWith('site-')) {
    const { OWN_SITE_TEMPLATES } = await import('./own-site-templates.ts');
    return OWN_SITE_TEMPLATES[name];
  }
  const { OWN_TIMELINE_TEMPLATES } = await import('./own-timeline-templates.ts');
  return OWN_TIMELINE_TEMPLATES[name];
}

/** From source there are only the files. */
async function fromFile(name: string): Promise<Template | undefined> {
  const { fileURLToPath } = await import('node:url');
  const folder = fileURLToPath(new URL('../../../templates', import.meta.url));
  const source = await readTemplate(folder, name);
  return source === undefined ? undefined : compiled(source);
}

async function readTemplate(folder: string, name: string): Promise<string | undefined> {
  const { readFile } = await import('node:fs/promises');
  try {
    return await readFile(`${folder}/${name}.hbs`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw broken(`${folder}/${name}.hbs`, 'cannot be read', error);
  }
}

function ready(specification: unknown): Template {
  // Its declarations say nothing of what it exports: the same as the whole, without the compiler.
  const { template: link } = runtime as unknown as Pick<typeof import('handlebars'), 'template'>;
  // The build made it with Handlebars.precompile.
  const template = link(specification as TemplateSpecification);
  return (data) => String(template(data, { helpers: HELPERS }));
}

async function compiled(source: string): Promise<Template> {
  const { default: Handlebars } = await import('handlebars');
  const template = Handlebars.compile(source, TEMPLATE_OPTIONS);
  return (data) => String(template(data, { helpers: HELPERS }));
}

/** A user's template says where it went wrong: in compiling at its first use, or in a field that is not there. */
function guarded(template: Template, file: string): Template {
  return (data) => {
    try {
      return template(data);
    } catch (error) {
      throw broken(file, 'does not work', error);
    }
  };
}

function broken(file: string, what: string, error: unknown): HandrailError {
  const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
  const message = `The template \`${file}\` ${what}: ${why}. Correct it or take it away.`;
  return new HandrailError('CONFIGURATION', { message }, { cause: error });
}

const HELPERS = {
  /** Untrusted text inside a tag of HTML within markdown. */
  html: (value: unknown): string =>
    escapeHtml(
      typeof value === 'object' && value !== null && 'text' in value
        ? String(value.text)
        : String(value ?? ''),
    ),
};
