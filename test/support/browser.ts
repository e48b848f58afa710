import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Where the browser is unpacked: once a checkout, so that two people on one machine never share it. */
const FOLDER = path.join(
  path.dirname(path.dirname(import.meta.dirname)),
  'node_modules/.cache/handrail-browser',
);

/** The font that comes with the browser, whatever a machine has: without any, it draws no text and dies. */
const FONTS = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${FOLDER}/fonts</dir><cachedir>${FOLDER}/fonts-cache</cachedir></fontconfig>
`;

/** A real, headless Chromium with the libraries that a bare system has not; whoever starts it closes it. */
export async function startBrowser(): Promise<Browser> {
  const { executablePath, args } = await unpacked();
  return await chromium.launch({
    executablePath,
    args: [...args, '--no-sandbox'],
    env: {
      ...definedEnvironment(),
      LD_LIBRARY_PATH: path.join(FOLDER, 'al2023/lib'),
      FONTCONFIG_FILE: path.join(FOLDER, 'fonts.conf'),
    },
  });
}

/** Unpacks beside the place and moves it there whole: a second test file finds all of it or nothing. */
async function unpacked(): Promise<{ executablePath: string; args: readonly string[] }> {
  const before = { ...process.env };
  const draft = mkdtempSync(`${made(path.dirname(FOLDER))}/handrail-browser-`);
  // The package unpacks into the temporary folder, its libraries only where it takes the machine for a Lambda's.
  Object.assign(process.env, { TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' });
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    if (!existsSync(FOLDER)) {
      await packed.executablePath();
      writeFileSync(path.join(draft, 'fonts.conf'), FONTS);
      moveInto(draft);
    }
    return { executablePath: path.join(FOLDER, 'chromium'), args: packed.args };
  } finally {
    rmSync(draft, { recursive: true, force: true });
    for (const name of ['TMPDIR', 'AWS_EXECUTION_ENV', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH'])
      restore(name, before[name]);
  }
}

function moveInto(draft: string): void {
  try {
    renameSync(draft, FOLDER);
  } catch (error) {
    if (!existsSync(FOLDER)) throw error;
  }
}

function made(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

function definedEnvironment(): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined) all[name] = value;
  return all;
}
