import type { Evidence } from '../../check/outcome.ts';
import { at, itemsOf, lineOf, type Tree, textOf } from '../yaml-tree.ts';
import type { ComposeService } from './compose-file.ts';

export interface ServiceHole {
  readonly summary: string;
  readonly evidence: Evidence;
  readonly fix: string;
  /** False where it depends on what the file doesn't show. */
  readonly isSure: boolean;
}

export const databases: RegExp =
  /(^|\/)(postgres|postgis|timescaledb|pgvector|mysql|mariadb|percona|mongo|mongodb|redis|valkey|keydb|memcached|elasticsearch|opensearch|rabbitmq|cassandra|couchdb|influxdb|neo4j|clickhouse[\w-]*|etcd|zookeeper|kafka|mssql[\w-]*)(-[\w-]+)?(:|@|$)/i;
export const strongCapabilities: RegExp =
  /^(CAP_)?(ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE|SYS_RAWIO|DAC_READ_SEARCH|DAC_OVERRIDE|NET_ADMIN|BPF|SYS_BOOT)$/i;

/** What gives a service of compose rights over the host, or publishes its database. */
export function serviceHoles({ name, path, line, tree }: ComposeService): readonly ServiceHole[] {
  const holes: ServiceHole[] = [];
  const add = (summary: string, text: string, place: number, fix: string, isSure = true): void => {
    holes.push({ summary, evidence: { text: text.slice(0, 200), path, line: place }, fix, isSure });
  };
  const flag = (key: string, bad: RegExp, summary: string, fix: string): void => {
    const value = textOf(at(tree, key));
    if (value === undefined) return;
    if (bad.test(value)) add(summary, `${key}: ${value}`, lineOf(tree, key), fix);
    else if (value.includes('$'))
      add(`${key} of the service ${name} is a variable.`, `${key}: ${value}`, lineOf(tree, key), fix, false);
  };
  flag(
    'privileged',
    /^true$/,
    `The service ${name} is privileged.`,
    'Remove `privileged: true`, and add single capabilities if it needs any.',
  );
  flag(
    'network_mode',
    /^host$/,
    `The service ${name} has the network of the host.`,
    'Remove `network_mode: host`, and publish ports.',
  );
  flag('pid', /^host$/, `The service ${name} sees the processes of the host.`, 'Remove `pid: host`.');
  flag('ipc', /^host$/, `The service ${name} shares the memory of the host.`, 'Remove `ipc: host`.');
  flag(
    'userns_mode',
    /^host$/,
    `The service ${name} has the users of the host.`,
    'Remove `userns_mode: host`.',
  );
  flag('user', /^(root|0+)(:|$)/, `The service ${name} runs as root.`, 'Name a user that is not root.');
  for (const item of itemsOf(at(tree, 'cap_add'))) {
    const capability = textOf(item) ?? '';
    if (strongCapabilities.test(capability))
      add(
        `The service ${name} has the capability ${capability}.`,
        `cap_add: ${capability}`,
        item.line,
        'Remove it from `cap_add`.',
      );
  }
  for (const item of itemsOf(at(tree, 'volumes'))) {
    const source = textOf(item) ?? textOf(at(item, 'source')) ?? '';
    if (/(^|\/)(docker|podman|containerd)\.sock/.test(source))
      add(
        `The service ${name} has the socket of Docker, and with it the host.`,
        source,
        item.line,
        'Remove the socket, or put a proxy before it that allows single requests only.',
      );
    else if (/^\/(:|$)|^\/(etc|root|proc|sys|dev)\/?(:|$)/.test(source))
      add(
        `The service ${name} has a folder of the system of the host.`,
        source,
        item.line,
        'Mount only what the service needs.',
      );
  }
  const image = textOf(at(tree, 'image')) ?? '';
  if (databases.test(image)) {
    for (const item of itemsOf(at(tree, 'ports'))) published(item, name, add);
  }
  if (at(tree, 'extends', 'file') !== undefined) {
    add(
      `The service ${name} extends a service of another file, which is not followed.`,
      'extends',
      lineOf(tree, 'extends') || line,
      'Write the service out.',
      false,
    );
  }
  return holes;
}

/** `5432:5432` listens on all addresses; `127.0.0.1:5432:5432` on one of this machine. */
function published(
  item: Tree,
  name: string,
  add: (summary: string, text: string, line: number, fix: string, isSure?: boolean) => void,
): void {
  const text = textOf(item);
  const address =
    text === undefined
      ? textOf(at(item, 'host_ip'))
      : /^(\[[^\]]+\]|\d{1,3}(?:\.\d{1,3}){3}|localhost|\$\{?\w+[^:]*\}?):/.exec(text)?.[1];
  const shown = text ?? `published: ${textOf(at(item, 'published')) ?? ''}`;
  const fix = `Publish it on this machine only: "127.0.0.1:${shown.split(':').at(-1)}", or remove \`ports\`: services of one network reach each other without.`;
  // A port alone is published on a port that Docker chooses.
  if (address === undefined || /^(0\.0\.0\.0|\[::\])$/.test(address))
    add(`The database ${name} is published on all addresses of the host.`, shown, item.line, fix);
  else if (address.startsWith('$'))
    add(`The address of the database ${name} is a variable.`, shown, item.line, fix, false);
  else if (!/^(127\.|localhost|\[::1\])/.test(address))
    add(`The database ${name} is published on the address ${address}.`, shown, item.line, fix, false);
}
