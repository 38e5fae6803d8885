import { missing } from '../../../checks/machine/missing.ts';
import type { Range } from '../attack/attack.ts';
import { startVictim } from '../attack/victim.ts';
import { type App, startApp } from './app-process.ts';
import { startCanaries } from './canary.ts';
import { startHosts } from './hosts.ts';
import { names } from './network.ts';
import type { Opened } from './opened.ts';
import type { Replacement } from './replacement.ts';
import { seed } from './seed.ts';
import { createLabDatabase } from './server-database.ts';

/** Both applications, each with a network and a victim of its own, so that each connection has one origin. */
export interface Lab {
  readonly undefended: App;
  readonly defended: App;
  range(side: Side): Range;
  /** One more defended application, with parts of it taken out. */
  startWithout(name: string, replacements: readonly Replacement[]): Promise<App>;
  readonly chromium: boolean;
}

export type Side = 'undefended' | 'defended';

/** @param databaseUrl a PostgreSQL server, instead of the embedded database */
export async function openLab(opened: Opened, databaseUrl: string | undefined): Promise<Lab> {
  const networks = { undefended: await startCanaries(), defended: await startCanaries() };
  for (const canaries of Object.values(networks)) opened.add(canaries, (c) => c.stop());
  const hosts = missing('chromium')
    ? { undefended: undefined, defended: undefined }
    : { undefended: await startHosts(), defended: await startHosts() };
  for (const one of Object.values(hosts)) if (one) opened.add(one, (h) => h.stop());
  const [first, second] = await Promise.all([
    startVictim(hosts.undefended?.chromiumArgs ?? []),
    startVictim(hosts.defended?.chromiumArgs ?? []),
  ]);
  const victims = { undefended: first, defended: second };
  for (const victim of [first, second]) if (victim) opened.add(victim, (v) => v.close());

  async function start(name: string, app: Side, replacements: readonly Replacement[] = []): Promise<App> {
    const database = databaseUrl
      ? opened.add(await createLabDatabase(databaseUrl), (made) => made.drop())
      : undefined;
    const settings = {
      ...{ app, replacements, network: { names, ports: networks[app].ports } },
      ...(database && {
        database: { owner: database.owner, app: database.app, reports: database.reports },
      }),
    };
    return opened.add(await startApp(name, settings), (running) => running.stop());
  }

  const [undefended, defended] = await Promise.all([
    start('undefended', 'undefended'),
    start('defended', 'defended'),
  ]);
  return {
    ...{ undefended, defended },
    range: (side) => ({
      ...{ markers: seed(side).markers, canaries: networks[side], victim: victims[side] },
      hosts: hosts[side],
    }),
    startWithout: (name, replacements) => start(name, 'defended', replacements),
    chromium: first !== undefined,
  };
}
