import { HandrailError } from '../../../engine/model/errors.ts';

/** Where a step's commands run, when that is not this machine. */
export interface Place {
  /** As it is written: `db1`, `container:web`, `pod:shop/web-0`. */
  readonly name: string;
  /** Program and arguments that carry a command line of the far side's `sh` there. */
  command(line: string, options: { readonly terminal: boolean }): readonly [string, ...string[]];
  /** Ends what was opened for it; `null`: nothing was. */
  close(): readonly [string, ...string[]] | null;
}

const SSH_HOST = /^[A-Za-z0-9_][A-Za-z0-9_.@:%[\]-]{0,250}$/;
const CONTAINER = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,250}$/;
const POD = /^([a-z0-9][a-z0-9.-]{0,250})\/([a-z0-9][a-z0-9.-]{0,250})$/;

/** A place by its name; `folder` is private, for sockets. Throws STEP_CANNOT_RUN for a name that is none. */
export function placeOf(
  name: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Place {
  const [kind, rest = ''] = /^(container|pod):(.*)$/.exec(name)?.slice(1) ?? [];
  if (kind === 'container' && CONTAINER.test(rest)) return container(name, rest, env);
  const pod = kind === 'pod' ? POD.exec(rest) : null;
  if (pod !== null) return podPlace(name, pod[1] ?? '', pod[2] ?? '');
  if (kind === undefined && SSH_HOST.test(name)) return sshHost(name, folder);
  throw new HandrailError('STEP_CANNOT_RUN', {
    message: `\`${name}\` is no place to run a step on. Write a host that \`ssh\` knows, \`container:NAME\` or \`pod:NAMESPACE/NAME\`.`,
  });
}

/**
 * The system's own ssh, with the person's configuration, agent and jump hosts; one connection for all steps of the run.
 * A line that is dead is noticed within a quarter of a minute.
 */
function sshHost(name: string, folder: string): Place {
  const options = (terminal: boolean): readonly string[] => [
    '-o',
    'ControlMaster=auto',
    '-o',
    `ControlPath=${folder}/%C`,
    '-o',
    'ControlPersist=120',
    '-o',
    'ConnectTimeout=10',
    '-o',
    'ServerAliveInterval=5',
    '-o',
    'ServerAliveCountMax=3',
    ...(terminal ? ['-tt'] : ['-T', '-o', 'BatchMode=yes']),
  ];
  return {
    name,
    command: (line, { terminal }) => ['ssh', ...options(terminal), '--', name, line],
    close: () => ['ssh', '-o', `ControlPath=${folder}/%C`, '-O', 'exit', '--', name],
  };
}

/** Docker's command line, or whichever speaks like it (`HANDRAIL_CONTAINER_TOOL=podman`). */
function container(name: string, id: string, env: Readonly<Record<string, string>>): Place {
  const tool = env['HANDRAIL_CONTAINER_TOOL'] || 'docker';
  return {
    name,
    command: (line, { terminal }) => [tool, 'exec', terminal ? '-it' : '-i', id, 'sh', '-c', line],
    close: () => null,
  };
}

function podPlace(name: string, namespace: string, pod: string): Place {
  return {
    name,
    command: (line, { terminal }) => [
      'kubectl',
      'exec',
      terminal ? '-it' : '-i',
      '-n',
      namespace,
      pod,
      '--',
      'sh',
      '-c',
      line,
    ],
    close: () => null,
  };
}
