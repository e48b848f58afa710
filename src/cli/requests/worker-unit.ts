import { systemdWord } from '../schedules/systemd-word.ts';
import { ownCommand } from '../team/own-command.ts';

/** What a unit is written for. */
export interface UnitSetting {
  readonly host: string;
  readonly policyFile: string;
  readonly state: string;
  readonly from: string | undefined;
}

/** A systemd unit of the worker. The login stands in a file of its own, which its user alone reads. */
export function workerUnit({ host, policyFile, state, from }: UnitSetting): string {
  const words = [
    ...ownCommand(),
    'worker',
    '--host',
    host,
    '--policy',
    policyFile,
    '--state',
    state,
  ];
  const line = [...words, ...(from === undefined ? [] : ['--from', from])]
    .map(systemdWord)
    .join(' ');
  return [
    '# /etc/systemd/system/handrail-worker.service',
    '[Unit]',
    `Description=handrail worker of host ${host}`,
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    `ExecStart=${line}`,
    ...(from === undefined
      ? [
          '# HANDRAIL_TEAM=postgres://… of this host, mode 0600',
          'EnvironmentFile=/etc/handrail/team.env',
        ]
      : []),
    '# TERM: takes no more and waits for what runs, however long that is.',
    'KillMode=mixed',
    'TimeoutStopSec=infinity',
    'Restart=on-failure',
    'RestartSec=5',
    'UMask=0077',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}
