import { open, writeFile } from 'node:fs/promises';
import { allAttacks } from '../attack/all-attacks.ts';
import { htmlReport } from '../report/html-report.ts';
import { printSummary } from '../report/print-summary.ts';
import { progressLine } from '../report/progress.ts';
import { type Summary, summarize } from '../report/summary.ts';
import { createControls } from '../web/controls.ts';
import { serveLabPage } from '../web/serve-lab-page.ts';
import { attackBoth } from './attack-both.ts';
import { type Lab, openLab } from './open-lab.ts';
import { createOpened, type Opened } from './opened.ts';

export interface LabOptions {
  readonly once?: boolean;
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

async function run(options: LabOptions, opened: Opened): Promise<number> {
  // What cannot be written is found out before the run, not after it; what is there stays until there is something new.
  for (const file of [options.json, options.html])
    if (file !== undefined) await (await open(file, 'a')).close();
  const databaseUrl = process.env['LAB_DATABASE_URL'] || undefined;
  const lab = await openLab(opened, databaseUrl);
  const line = progressLine();
  const results = await attackBoth(lab, allAttacks(), (text) => line.show(text));
  line.end();

  const summary = summarize({ ...results, server: databaseUrl !== undefined });
  printSummary(summary, options.all === true);
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(summary, null, 2)}\n`);
  if (options.html !== undefined) await writeFile(options.html, htmlReport(summary));
  if (!options.once) await stayOpen(lab, summary, opened);
  return summary.exitCode;
}

async function stayOpen(lab: Lab, summary: Summary, opened: Opened): Promise<never> {
  const controls = opened.add(createControls(lab), (made) => made.close());
  const page = opened.add(await serveLabPage(controls, summary), (served) => served.close());
  console.log(
    `\nOpen until you press Ctrl-C:\n  the lab     ${page.url}\n  undefended  ${lab.undefended.url}\n  defended    ${lab.defended.url}`,
  );
  return new Promise(() => {});
}
