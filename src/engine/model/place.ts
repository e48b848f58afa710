import type { Annotations } from './annotations.ts';

/** Whether a step's commands run somewhere else than on this machine. */
export function isElsewhere(
  { host, in: place }: Pick<Annotations, 'host' | 'in'>,
  on: string | undefined,
): boolean {
  return host !== undefined || place !== undefined || on !== undefined;
}

const SSH_HOST = /^[A-Za-z0-9_][A-Za-z0-9_.@:%[\]-]{0,250}$/;
const CONTAINER = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,250}$/;
const POD = /^([a-z0-9][a-z0-9.-]{0,250})\/([a-z0-9][a-z0-9.-]{0,250})$/;

/** What a name of a place where steps may run says. */
export type NamedPlace =
  | { readonly kind: 'ssh' }
  | { readonly kind: 'container'; readonly container: string }
  | { readonly kind: 'pod'; readonly namespace: string; readonly pod: string };

/** Reads `db1`, `container:web`, `pod:shop/web-0`; `undefined`: it is none of them. */
export function placeNamed(name: string): NamedPlace | undefined {
  const [kind, rest = ''] = /^(container|pod):(.*)$/.exec(name)?.slice(1) ?? [];
  if (kind === undefined) return SSH_HOST.test(name) ? { kind: 'ssh' } : undefined;
  if (kind === 'container') return CONTAINER.test(rest) ? { kind, container: rest } : undefined;
  const [namespace, pod] = POD.exec(rest)?.slice(1) ?? [];
  return namespace === undefined || pod === undefined ? undefined : { kind: 'pod', namespace, pod };
}

/** Says of a name that it is none of them. */
export function noPlace(name: string): string {
  return `\`${name}\` is no place to run a step on. Write a host that \`ssh\` knows, \`container:NAME\` or \`pod:NAMESPACE/NAME\`.`;
}

/**
 * The program that leads to a place by its name: `ssh` to a host, `kubectl` to a pod, docker's command line to a container,
 * or whichever speaks like it (`HANDRAIL_CONTAINER_TOOL=podman`).
 */
export function wayTo(place: string, env: Readonly<Record<string, string>>): string {
  if (place.startsWith('container:')) return env['HANDRAIL_CONTAINER_TOOL'] || 'docker';
  return place.startsWith('pod:') ? 'kubectl' : 'ssh';
}

/** The runbook's step that a planned one is, whichever host's turn it has: ids say the host behind `@`. */
export function withoutHost(id: string): string {
  const at = id.lastIndexOf('@');
  return at > 0 ? id.slice(0, at) : id;
}
