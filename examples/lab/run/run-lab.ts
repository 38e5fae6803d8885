import { otherAttacks } from '../attack/other.ts';
import { sqlAttacks } from '../attack/sql.ts';
import { ssrfAttacks } from '../attack/ssrf.ts';
import { startVictim, type Victim } from '../attack/victim.ts';
import { xssAttacks } from '../attack/xss.ts';
import { compareLegitimate } from '../legitimate/compare.ts';
import { progressLine } from '../report/progress.ts';
import { report } from '../report/report.ts';
import { ablate } from './ablate.ts';
import { type App, startApp } from './app-process.ts';
import { type Canaries, startCanaries } from './canary.ts';
import { fireAll } from './fire-all.ts';
import { names } from './network.ts';
import type { Replacement } from './replacement.ts';
import { seed } from './seed.ts';
import { createLabDatabase, type LabDatabase } from './server-database.ts';

export interface LabOptions {
  readonly once?: boolean;
  readonly all?: boolean;
}

/** @returns the exit code */
export async function runLab(options: LabOptions): Promise<number> {
  const opened = new Opened();
  let ending = false;
  const interrupted = (): void => {
    ending = true;
    void opened.close().finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await run(options, opened);
  } catch (error) {
    // What ends because it was interrupted is no failure.
    if (ending) return 130;
    console.error(`The lab could not run: ${error instanceof Error ? error.message : error}`);
    return 2;
  } finally {
    await opened.close();
  }
}

/** What the run has started, so that nothing is left running however it ends. */
class Opened {
  readonly #closers: (() => Promise<void>)[] = [];

  add<T>(thing: T, close: (thing: T) => Promise<void>): T {
    this.#closers.push(() => close(thing));
    return thing;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close().catch(() => {});
  }
}

async function run(options: LabOptions, opened: Opened): Promise<number> {
  // One network an application, so that each connection has one origin.
  const networks = await Promise.all([startCanaries(), startCanaries()]);
  for (const canaries of networks) opened.add<Canaries>(canaries, (c) => c.stop());
  const victims = await Promise.all([startVictim(), startVictim()]);
  for (const victim of victims) if (victim) opened.add<Victim>(victim, (v) => v.close());

  const start = async (
    name: string,
    app: 'undefended' | 'defended',
    replacements: readonly Replacement[] = [],
  ): Promise<App> => {
    const url = process.env['LAB_DATABASE_URL'];
    const database = url ? opened.add<LabDatabase>(await createLabDatabase(url), (d) => d.drop()) : undefined;
    return opened.add(
      await startApp(name, {
        app,
        network: { names, ports: networks[app === 'undefended' ? 0 : 1].ports },
        replacements,
        ...(database && {
          database: { owner: database.owner, app: database.app, reports: database.reports },
        }),
      }),
      (running) => running.stop(),
    );
  };

  const range = (lane: 0 | 1) => ({
    markers: seed().markers,
    canaries: networks[lane],
    victim: victims[lane],
  });
  const attacks = [...sqlAttacks(), ...ssrfAttacks(), ...xssAttacks(), ...otherAttacks()];
  const [undefended, defended] = await Promise.all([
    start('undefended', 'undefended'),
    start('defended', 'defended'),
  ]);

  const line = progressLine();
  const done = [0, 0];
  const show = (lane: 0 | 1) => (count: number) => {
    done[lane] = count;
    line.show(`attacks fired: undefended ${done[0]}, defended ${done[1]} of ${attacks.length}`);
  };
  const [theirs, ours] = await Promise.all([
    fireAll(undefended, attacks, range(0), show(0)),
    fireAll(defended, attacks, range(1), show(1)),
  ]);
  line.show('legitimate requests');
  await Promise.all([undefended.reset(), defended.reset()]);
  const comparisons = await compareLegitimate(undefended, defended);

  const landed = theirs.filter(({ outcome }) => outcome.lost !== undefined).map(({ attack }) => attack);
  const ablated = await ablate(
    landed,
    range(1),
    (name, replacements) => start(name, 'defended', replacements),
    (name, count, of) => line.show(`without ${name}: ${count} of ${of}`),
  );
  line.end();

  const exitCode = report({
    theirs,
    ours,
    comparisons,
    ablated,
    chromium: victims[0] !== undefined,
    server: Boolean(process.env['LAB_DATABASE_URL']),
    all: options.all === true,
  });
  if (!options.once) {
    console.log(
      `\nBoth applications stay open until you press Ctrl-C:\n  undefended  ${undefended.url}\n  defended    ${defended.url}`,
    );
    await new Promise(() => {});
  }
  return exitCode;
}
