import type { Element, ElementContent } from 'hast';
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import http from 'highlight.js/lib/languages/http';
import ini from 'highlight.js/lib/languages/ini';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { visibleText } from '../../text/safe-text.ts';
import { element } from './element.ts';

/** A block of code with its colours; it scrolls by keyboard, and can be copied. */
export function codeBlock(text: string, language: string, label: string | null): Element {
  const name = label ?? (language ? `Code, ${language}` : 'Code');
  return element('div', { className: ['code'] }, code(text, language, name));
}

/** The code itself, without its frame. `copy` is what is copied where that is not the text itself. */
export function code(text: string, language: string, label: string, copy?: string): Element {
  const shown = visibleText(text);
  const copied = copy ?? text;
  const html = highlighted(shown, language);
  const content: ElementContent =
    html === undefined ? { type: 'text', value: shown } : { type: 'raw', value: html };
  const properties = {
    tabIndex: 0,
    role: 'group',
    ariaLabel: label,
    ...(copied === shown ? {} : { dataCopy: copied }),
  };
  return element('pre', properties, element('code', {}, content));
}

const GRAMMARS = {
  bash,
  diff,
  dockerfile,
  http,
  ini,
  javascript,
  json,
  python,
  shell,
  sql,
  xml,
  yaml,
};
for (const [name, grammar] of Object.entries(GRAMMARS)) hljs.registerLanguage(name, grammar);
hljs.registerAliases(['psql', 'mysql', 'postgres', 'postgresql'], { languageName: 'sql' });
hljs.registerAliases(['terminal', 'shell-session'], { languageName: 'shell' });
hljs.registerAliases(['typescript', 'ts', 'tsx'], { languageName: 'javascript' });

const MOST_CHARACTERS = 40_000;

/** Code as HTML with classes for its colours; `undefined` when there is no grammar for it. */
function highlighted(text: string, language: string): string | undefined {
  // What authors tag `shell` is a script; only prompts make it a session.
  const name =
    /^(?:shell|sh|zsh)$/.test(language) && !/^[ \t]*[$#>] /m.test(text) ? 'bash' : language;
  if (text.length > MOST_CHARACTERS || !hljs.getLanguage(name)) return undefined;
  return hljs.highlight(text, { language: name, ignoreIllegals: true }).value;
}
