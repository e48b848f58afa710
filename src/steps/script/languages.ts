/** Languages whose fences can be run, with what runs them; an `interpreter=` or a `#!` line says otherwise. */
export const INTERPRETERS: Readonly<Record<string, string>> = {
  python: 'python3',
  py: 'python3',
  python3: 'python3',
  js: 'node',
  javascript: 'node',
  node: 'node',
  ruby: 'ruby',
  rb: 'ruby',
  perl: 'perl',
  pl: 'perl',
  php: 'php',
  powershell: 'pwsh -NoProfile -File',
  ps1: 'pwsh -NoProfile -File',
  pwsh: 'pwsh -NoProfile -File',
};
