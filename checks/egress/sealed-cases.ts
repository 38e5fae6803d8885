/**
 * A sealed program: runs cases through front ends in a world of our own, one after the other. It reads a
 * `SealedCasesPlan` and writes a `SealedCasesReport`.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { isRefusal } from 'bulwark';
import { configureEvents } from 'bulwark/event';
import type { EgressCase } from './egress-case.ts';
import type { Client } from './front-ends/front-end.ts';
import { frontEnds } from './front-ends/index.ts';
import { portsOf } from './hops.ts';
import { type Contact, startWorld, type World } from './world.ts';

/** A front end by its name, and what is tried on it. */
export interface FrontEndCases {
  readonly frontEnd: string;
  readonly cases: readonly EgressCase[];
}

export interface SealedCasesPlan {
  readonly plans: readonly FrontEndCases[];
  /** In PEM, for every name of the cases. */
  readonly tls: { readonly key: string; readonly cert: string };
}

export type Outcome =
  | { readonly state: 'answered'; readonly status: number; readonly bytes: number }
  /** `error` is the code of the refusal or of the error. */
  | { readonly state: 'failed'; readonly error: string }
  | { readonly state: 'hung' };

export interface CaseRun {
  readonly name: string;
  /** One for each time. */
  readonly outcomes: readonly Outcome[];
  readonly contacts: readonly Contact[];
  /** Rejections and exceptions that nobody caught. */
  readonly uncaught: readonly string[];
}

export interface SealedCasesReport {
  /** For each plan one run for each case, and one for what came after the last. */
  readonly runs: readonly (readonly CaseRun[])[];
}

/** Longer than any time limit of a case. */
const patience = 12_000;
/** Long enough for what was started and forgotten to connect. */
const aftermath = 400;

async function main(): Promise<void> {
  configureEvents({ sinks: [] });
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const { plans, tls } = JSON.parse(Buffer.concat(chunks).toString()) as SealedCasesPlan;
  process.on('uncaughtException', (error) => uncaught.push(String(error)));
  process.on('unhandledRejection', (error) => uncaught.push(String(error)));
  const world = await startWorld(portsOf(plans.flatMap(({ cases }) => cases)), tls);
  const runs: (readonly CaseRun[])[] = [];
  for (const plan of plans) runs.push(await runPlan(world, plan));
  process.stdout.write(JSON.stringify({ runs } satisfies SealedCasesReport), () => process.exit());
}

/** What nobody caught since the last case. */
let uncaught: string[] = [];

async function runPlan(world: World, plan: FrontEndCases): Promise<readonly CaseRun[]> {
  const frontEnd = frontEnds.find(({ name }) => name === plan.frontEnd);
  if (!frontEnd) throw new Error(`There is no front end ${plan.frontEnd}.`);
  const runs: CaseRun[] = [];
  await frontEnd.prepare?.(plan.cases.map(({ policy = {} }) => policy));
  for (const one of plan.cases) {
    world.enter(one);
    const client = await frontEnd.open(one.policy ?? {});
    const outcomes: Outcome[] = [];
    for (let time = 0; time < (one.times ?? 1); time++) outcomes.push(await outcomeOf(client, one));
    // The servers run here as well: two turns, and they have met everybody who was connected.
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
    client.close();
    uncaught.push(...(client.uncaught?.() ?? []));
    runs.push({ name: one.name, outcomes, contacts: world.contacts(), uncaught });
    uncaught = [];
  }
  await wait(aftermath);
  runs.push({ name: aftermathName, outcomes: [], contacts: world.contacts(), uncaught });
  uncaught = [];
  return runs;
}

/** Names what was seen when every case had ended. */
const aftermathName = 'after the last case';

async function outcomeOf(client: Client, { url, request }: EgressCase): Promise<Outcome> {
  const hung = new AbortController();
  const answer = (async (): Promise<Outcome> => {
    try {
      return { state: 'answered', ...(await client.send({ url, ...request })) };
    } catch (error) {
      return { state: 'failed', error: codeOf(error) };
    }
  })();
  const silence = wait(patience, { state: 'hung' } as const, { signal: hung.signal }).catch(
    () => ({ state: 'hung' }) as const,
  );
  const outcome = await Promise.race([answer, silence]);
  hung.abort();
  return outcome;
}

function codeOf(error: unknown): string {
  if (isRefusal(error)) return error.code;
  const { cause, code } = error as { cause?: unknown; code?: unknown };
  if (cause) return codeOf(cause);
  return typeof code === 'string' ? code : String(error).slice(0, 200);
}

await main();
