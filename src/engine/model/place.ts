import type { Annotations } from './annotations.ts';

/** Whether a step's commands run somewhere else than on this machine. */
export function isElsewhere(
  { host, in: place }: Pick<Annotations, 'host' | 'in'>,
  on: string | undefined,
): boolean {
  return host !== undefined || place !== undefined || on !== undefined;
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
