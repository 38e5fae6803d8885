/**
 * A sealed program: starts a PostgreSQL and an application of the lab on it, and points sqlmap at each target.
 * It reads a `SealedSqlmapPlan` and writes a `SealedSqlmapReport`.
 */

import { type App, startApp } from '../../examples/lab/run/app-process.ts';
import { names } from '../../examples/lab/run/network.ts';
import { replacementsFor } from '../../examples/lab/run/replacement.ts';
import { createLabDatabase } from '../../examples/lab/run/server-database.ts';
import { startPostgres } from '../machine/postgres.ts';
import { type Depth, runSqlmap } from './run-sqlmap.ts';
import type { Target } from './target.ts';
import type { Verdict } from './verdict.ts';

export interface SealedSqlmapPlan {
  readonly depth: Depth;
  readonly atOnce: number;
  readonly undefended: readonly Target[];
  readonly defended: readonly Target[];
}

export interface Examined extends Verdict {
  readonly name: string;
  readonly seconds: number;
  /** The status of the request as an honest visitor makes it, before sqlmap came and after it left. */
  readonly honest: readonly [number, number];
}

export interface SealedSqlmapReport {
  readonly undefended: readonly Examined[];
  readonly defended: readonly Examined[];
  /** Where sqlmap came to no verdict, and why. */
  readonly failures: readonly string[];
}

async function main(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const plan = JSON.parse(Buffer.concat(chunks).toString()) as SealedSqlmapPlan;
  const server = await startPostgres();
  const undefended: Examined[] = [];
  const defended: Examined[] = [];
  const failures: string[] = [];
  try {
    const apps = await Promise.all([start('undefended', server.url), start('defended', server.url)]);
    const jobs = [
      ...plan.undefended.map((target) => ({ app: apps[0], target, into: undefended })),
      ...plan.defended.map((target) => ({ app: apps[1], target, into: defended })),
    ];
    const work = async (): Promise<void> => {
      for (let job = jobs.shift(); job; job = jobs.shift()) {
        const { app, target, into } = job;
        try {
          let examined = await examine(app, target, plan.depth);
          // Its payloads are random and it compares times; a hole that it did not see on a busy machine, it sees again.
          for (
            let tries = 1;
            into === undefended && examined.injectable.length === 0 && tries < 3;
            tries += 1
          )
            examined = await examine(app, target, plan.depth);
          into.push(examined);
        } catch (error) {
          failures.push(`${app.name}, ${target.name}: ${error instanceof Error ? error.message : error}`);
        }
      }
    };
    await Promise.all(Array.from({ length: plan.atOnce }, work));
    for (const app of apps) await app.stop();
  } finally {
    await server.stop();
  }
  const report: SealedSqlmapReport = { undefended, defended, failures };
  process.stdout.write(JSON.stringify(report), () => process.exit());
}

/** The lab's other networks are not played: no statement needs them. */
async function start(app: 'undefended' | 'defended', url: string): Promise<App> {
  const { owner, app: main, reports } = await createLabDatabase(url);
  return startApp(app, {
    app,
    network: { names, ports: { metadata: 1, internal: 1, public: 1, banner: 1 } },
    database: { owner, app: main, reports },
    // sqlmap makes thousands of requests from one address, with the cookies of the first and without Origin: a limit of
    // log-ins, or the check of where a form comes from, would stop them before the statement.
    replacements: app === 'defended' ? replacementsFor(['rate-limit', 'csrf']) : [],
  });
}

async function examine(app: App, target: Target, depth: Depth): Promise<Examined> {
  const begin = performance.now();
  const before = await visit(app, target);
  const verdict = await runSqlmap(app.url, target, depth);
  const honest = [before, await visit(app, target)] as const;
  return { name: target.name, ...verdict, honest, seconds: Math.round((performance.now() - begin) / 1000) };
}

async function visit(app: App, { request }: Target): Promise<number> {
  const body = request.body && {
    ...request.body,
    // The address of a new account is new.
    ...(request.path === 'users' && { email: `${crypto.randomUUID()}@example.com` }),
  };
  const json = request.type === 'json';
  const response = await fetch(app.url + request.path, {
    method: request.method,
    redirect: 'manual',
    signal: AbortSignal.timeout(60_000),
    ...(body && {
      body: json ? JSON.stringify(body) : new URLSearchParams(body),
      headers: { 'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded' },
    }),
  });
  await response.arrayBuffer();
  return response.status;
}

await main();
