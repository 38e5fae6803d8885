/** Measures in a process of its own: see check.ts. */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import express, { type Request, type Response } from 'express';
import { configureEvents } from '../../lib/event/index.ts';
import { median, ratioOf } from '../interval.ts';
import { collector, inTurns } from '../turns.ts';
import { type Contender, contenders } from './contenders.ts';
import { logInCost } from './log-in.ts';

const rounds = Number(process.argv[2]);
const [requests, clients] = [4_000, 10_000];
configureEvents({ sinks: [] });
const app = express();

/** A request as Express hands it to its middleware, from one of so many clients. */
function exchange(client: number, family: 4 | 6): [Request, Response] {
  const [high, low] = [client >> 8, client & 255];
  const remoteAddress = family === 4 ? `10.1.${high}.${low}` : `2001:db8:${client.toString(16)}::1`;
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress });
  const req = Object.setPrototypeOf(new IncomingMessage(socket), app.request) as Request;
  const res = Object.setPrototypeOf(new ServerResponse(req), app.response) as Response;
  return [Object.assign(req, { app, res, url: '/' }), Object.assign(res, { app, req })];
}

function pass({ handle }: Contender, [req, res]: [Request, Response]): Promise<void> {
  return new Promise((resolve, reject) => {
    handle(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
}

const collect = collector();
let from = 0;

/** Microseconds of CPU a request. */
async function measure(one: Contender, family: 4 | 6): Promise<number> {
  const all = Array.from({ length: requests }, (_, index) => exchange((from + index) % clients, family));
  from += requests;
  collect();
  const before = process.cpuUsage();
  for (const each of all) await pass(one, each);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / requests;
}

console.log(
  `Node ${process.version}, ${rounds} rounds of ${requests} requests of ${clients} clients, CPU time`,
);
for (const family of [4, 6] as const) {
  const all = contenders();
  const taken = new Map<Contender, number[]>(all.map((one) => [one, []]));
  for (let warm = 0; warm < 3; warm++) for (const one of all) await measure(one, family);
  await inTurns(rounds, all, async (one) => void taken.get(one)?.push(await measure(one, family)));
  console.log(`\nIPv${family}\n${'us'.padStart(52)}   ratio   95 % interval`);
  for (const [{ name }, us] of taken) {
    const { median: middle, low, high } = ratioOf(us, taken.get(all[0]) ?? []);
    const ratio = `${middle.toFixed(2)}    ${low.toFixed(2)} to ${high.toFixed(2)}`;
    console.log(`${name.padEnd(44)}${median(us).toFixed(1).padStart(8)}   ${ratio}`);
  }
}
console.log(`\nA log-in, without its password: ${(await logInCost(rounds, collect)).toFixed(0)} us`);
