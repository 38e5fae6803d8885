import { open, writeFile } from 'node:fs/promises';
import { allAttacks } from '../attack/all-attacks.ts';
import { leftOut } from '../attack/left-out.ts';
import { htmlReport } from '../report/html-report.ts';
import { printSummary } from '../report/print-summary.ts';
import { progressLine } from '../report/progress.ts';
import { type Summary, summarize } from '../report/summary.ts';
import { type Controls, createControls } from '../web/controls.ts';
import { serveLabPage } from '../web/serve-lab-page.ts';
import { attackBoth } from './attack-both.ts';
import { openLab } from './open-lab.ts';
import { createOpened, type Opened } from './opened.ts';
import { quickAttacks } from './quick-attacks.ts';
import { runBehind } from './run-behind.ts';
import { type RunWatch, watchRun } from './run-progress.ts';

export interface LabOptions {
  readonly once?: boolean;
  /** A few attacks of nearly each kind, without ablations, and then the end. */
  readonly quick?: boolean;
  readonly all?: boolean;
  /** Files to write the run to. */
  readonly json?: string;
  readonly html?: string;
}

/** @returns the exit code */
export async function runLab(options: LabOptions): Promise<number> {
  const opened = createOpened();
  let ending = false;
  const interrupted = (): void => {
    ending = true;
    void opened.close().finally(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupted);
  try {
    return await run(options, opened, () => ending);
  } catch (error) {
    // What ends because it was interrupted is no failure.
    if (ending) return 130;
    console.error(`The lab could not run: ${error instanceof Error ? error.message : error}`);
    return 2;
  } finally {
    await opened.close();
  }
}

const quickCount = 60;

async function run(options: LabOptions, opened: Opened, isEnding: () => boolean): Promise<number> {
  // What cannot be written is found out before the run, not after it; what is there stays until there is something new.
  for (const file of [options.json, options.html])
    if (file !== undefined) await (await open(file, 'a')).close();
  const watch = watchRun();
  if (options.once || options.quick) return (await attack(options, opened, watch)).exitCode;
  const controls = await servePage(opened, watch);
  // The run has shops of its own, which end with it: a visitor may take a guard out of the others meanwhile.
  const own = createOpened();
  opened.add(own, (one) => one.close());
  await controls.opened;
  await runBehind(watch, () => attack(options, own, watch, () => controls.idle()), isEnding);
  await own.close();
  console.log('\nThe page stays open until you press Ctrl-C.');
  return new Promise(() => {});
}

/** Fires, prints what came of it, and writes the files that were asked for. */
async function attack(
  options: LabOptions,
  opened: Opened,
  watch: RunWatch,
  ready?: () => Promise<unknown>,
): Promise<Summary> {
  const databaseUrl = process.env['LAB_DATABASE_URL'] || undefined;
  const lab = await openLab(opened, databaseUrl);
  const line = progressLine();
  const timer = setInterval(
    () => line.show(`${watch.doing}, ${watch.done} of ${watch.of} attacks fired`),
    100,
  );
  try {
    const attacks = options.quick ? quickAttacks(allAttacks(), quickCount) : allAttacks();
    const results = await attackBoth(lab, attacks, {
      ...{ watch, ablate: !options.quick },
      ...(ready && { ready }),
    });
    const summary = summarize({ ...results, server: databaseUrl !== undefined });
    watch.finish(summary);
    line.end();
    printSummary(summary, options.all === true);
    for (const { endpoint, needs } of leftOut) console.log(`Left out: ${endpoint}. It needs ${needs}.`);
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(summary, null, 2)}\n`);
    if (options.html !== undefined) await writeFile(options.html, htmlReport(summary));
    return summary;
  } finally {
    clearInterval(timer);
    line.end();
  }
}

/** Serves the page at once: the two shops behind it start while somebody reads it. */
async function servePage(opened: Opened, watch: RunWatch): Promise<Controls> {
  const opening = openLab(opened, process.env['LAB_DATABASE_URL'] || undefined);
  const controls = opened.add(createControls(opening), (made) => made.close());
  const page = opened.add(await serveLabPage(controls, watch), (served) => served.close());
  console.log(`The lab is open until you press Ctrl-C:\n  the page    ${page.url}`);
  const lab = await controls.opened;
  console.log(`  undefended  ${lab.undefended.url}\n  defended    ${lab.defended.url}\n`);
  return controls;
}
