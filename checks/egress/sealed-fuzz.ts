/**
 * A sealed program: fuzzed hosts are really connected to, by a guarded fetch and by guarded agents, and what the canaries
 * met is held against what the guards say they decided. It reads a `SealedFuzzPlan` and writes a `SealedFuzzReport`.
 */
import { configureEvents } from 'bulwark/event';
import { createAgents, createFetch, type EgressDecision } from 'bulwark/fetch';
import fc from 'fast-check';
import { fetchClient } from './front-ends/fetch-client.ts';
import type { Client } from './front-ends/front-end.ts';
import { httpClient } from './front-ends/http-client.ts';
import { type HostSample, hostSample } from './host-strings.ts';
import { readUrl } from './read-url.ts';
import { isSpecialAddress, unmappedAddress } from './special-addresses.ts';
import { type Contact, startWorld, type World } from './world.ts';

export interface SealedFuzzPlan {
  readonly seed: number;
  readonly runs: number;
  readonly tls: { readonly key: string; readonly cert: string };
}

export interface SealedFuzzReport {
  readonly runs: number;
  /** How many were connected to, by the two guards together. */
  readonly connected: number;
  /** The shrunk counterexample, and what is wrong with it. */
  readonly failure: string | null;
  readonly uncaught: readonly string[];
}

interface Guard {
  readonly name: string;
  readonly client: Client;
  readonly decisions: EgressDecision[];
}

async function main(): Promise<void> {
  configureEvents({ sinks: [] });
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const { seed, runs, tls } = JSON.parse(Buffer.concat(chunks).toString()) as SealedFuzzPlan;
  const uncaught: string[] = [];
  process.on('uncaughtException', (error) => uncaught.push(String(error)));
  process.on('unhandledRejection', (error) => uncaught.push(String(error)));
  const world = await startWorld([22, 8080], tls);
  const guards = [guardOf('createFetch'), guardOf('createAgents')];
  let connected = 0;
  const result = await fc.check(
    fc.asyncProperty(hostSample, async (sample) => {
      for (const guard of guards) connected += await connect(world, guard, sample);
    }),
    { seed, numRuns: runs },
  );
  const { failed, counterexample, errorInstance, numRuns } = result;
  const failure = failed ? `${JSON.stringify(counterexample)}: ${String(errorInstance)}` : null;
  const report: SealedFuzzReport = { runs: numRuns, connected, failure, uncaught };
  process.stdout.write(JSON.stringify(report), () => process.exit());
}

function guardOf(name: 'createFetch' | 'createAgents'): Guard {
  const decisions: EgressDecision[] = [];
  const options = { hosts: 'public', onDecision: (one: EgressDecision) => void decisions.push(one) } as const;
  const client =
    name === 'createFetch'
      ? fetchClient(createFetch({ ...options, timeoutMs: 5_000 }))
      : httpClient(createAgents(options));
  return { name, client, decisions };
}

/** How many connections there were; throws where they are not those that were decided. */
async function connect(
  world: World,
  { name, client, decisions }: Guard,
  sample: HostSample,
): Promise<number> {
  const url = `http://${sample.text}/`;
  const host = readUrl(url)?.hostname.replace(/\.$/, '') ?? '';
  world.enter({ dns: host === '' ? {} : { [host]: { a: [sample.a], aaaa: [sample.aaaa] } } });
  decisions.length = 0;
  const outcome = await client.send({ url }).then(
    ({ status }) => `answered ${status}`,
    (error: unknown) => `failed: ${String(error)}`,
  );
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
  const contacts = world.contacts();
  const wrong = contacts.flatMap((contact) => faultsOf(contact, decisions));
  if (contacts.length > 1) wrong.push(`${contacts.length} connections`);
  if (outcome.startsWith('answered') && contacts.length === 0) wrong.push('answered by nobody');
  // What was allowed and has an address was dialled, and everything else was not.
  const allowed = decisions.filter(({ address }) => address !== undefined);
  if (allowed.length !== contacts.length)
    wrong.push(`${allowed.length} decided, ${contacts.length} connected`);
  if (wrong.length > 0) throw new Error(`${name}: ${wrong.join('; ')} (${outcome})`);
  return contacts.length;
}

function faultsOf({ address, port }: Contact, decisions: readonly EgressDecision[]): string[] {
  const decided = decisions.some(
    (one) => one.outcome === 'allowed' && one.port === port && unmappedAddress(one.address ?? '') === address,
  );
  return [
    ...(decided ? [] : [`connected to ${address} port ${port}, which was not decided`]),
    ...(isSpecialAddress(address) ? [`connected to ${address}`] : []),
    ...(port === 80 || port === 443 ? [] : [`connected to port ${port}`]),
  ];
}

await main();
