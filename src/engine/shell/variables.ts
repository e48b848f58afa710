import type { VariableUse } from '../model/shell-facts.ts';

const NAME = /^[A-Za-z_]\w*$/;
const POSITIONAL = /^[1-9]\d*$/;

interface Layer {
  readonly names: Set<string>;
  readonly function: boolean;
}

/** Follows which variables a script has set so far while it is read from top to bottom. */
export interface VariableTracker {
  /** A use; remembered unless something in view has set the variable. */
  use(name: string, line: number, defaulted: boolean): void;
  assign(name: string): void;
  /** `local`: seen inside the function only. Outside one it is an assignment. */
  local(name: string): void;
  /** `[ -n "$X" ]`, `[ -z "$X" ]`, `[[ -v X ]]`: the author reckons with an unset variable. */
  guard(name: string): void;
  /** `source` or `eval`: from here on anything may have been set. */
  anythingMayBeSet(): void;
  /** Whatever is assigned inside stays inside: a subshell, a pipeline, a substitution. */
  inside(read: () => void): void;
  /** A function's body: its locals stay inside, what else it assigns does not. */
  insideFunction(read: () => void): void;
  /** Reads without noting uses. */
  withoutUses(read: () => void): void;
  readonly uses: readonly VariableUse[];
  /** What the script leaves set at its end. */
  readonly assigns: readonly string[];
}

/** Starts with nothing set. */
export function trackVariables(): VariableTracker {
  const layers: Layer[] = [{ names: new Set(), function: false }];
  let muted = false;
  const guarded = new Set<string>();
  const uses = new Map<string, VariableUse>();
  let opaque = false;
  const isSet = (name: string): boolean => layers.some((layer) => layer.names.has(name));
  const within = (isFunction: boolean, read: () => void): void => {
    layers.push({ names: new Set(), function: isFunction });
    read();
    layers.pop();
  };
  return {
    use(name, line, defaulted) {
      if (!NAME.test(name) && !POSITIONAL.test(name)) return;
      if (muted || isSet(name)) return;
      const isDefaulted = defaulted || opaque || guarded.has(name);
      uses.set(`${name} ${line} ${isDefaulted}`, { name, line, defaulted: isDefaulted });
    },
    assign(name) {
      if (!NAME.test(name) && !POSITIONAL.test(name)) return;
      layers.findLast((layer) => !layer.function || layer.names.has(name))?.names.add(name);
    },
    local(name) {
      if (NAME.test(name)) layers.at(-1)?.names.add(name);
    },
    guard(name) {
      guarded.add(name);
    },
    anythingMayBeSet() {
      opaque = true;
    },
    inside: (read) => within(false, read),
    insideFunction: (read) => within(true, read),
    withoutUses(read) {
      const before = muted;
      muted = true;
      read();
      muted = before;
    },
    get uses() {
      return [...uses.values()];
    },
    get assigns() {
      return [...(layers[0]?.names ?? [])];
    },
  };
}
