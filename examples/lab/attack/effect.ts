import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { App } from '../run/app-process.ts';
import type { Outcome, Range } from './attack.ts';
import { answerOf, type Reply, request, shownOf } from './request.ts';

/** A payload for one shop: it may touch one file with a random name, and read one with a random text. */
export interface Armed {
  readonly payload: string;
  /** Whether what the payload runs has run. */
  ran(): Promise<boolean>;
}

/** Puts absolute paths in the shop's own folder in place of `CANARY` and `SECRET`. */
export function arm({ files }: App, payload: string): Armed {
  const name = `canary-${randomBytes(8).toString('hex')}`;
  return {
    payload: payload
      .replaceAll('CANARY', join(files.path, name))
      .replaceAll('SECRET', join(files.path, 'private/customers.key')),
    ran: () => files.has(name),
  };
}

/** What came of a request that may have read the key or run the canary. The shop's files are as before then. */
export async function effectOf(app: App, reply: Reply, { look }: Range, armed?: Armed): Promise<Outcome> {
  const stolen = reply.body.includes(app.files.secret);
  const ran = (await armed?.ran()) === true;
  await app.files.restore();
  return {
    ...{ answer: answerOf(reply), ...shownOf(reply, look) },
    ...(stolen && { lost: "the customers' private key read" }),
    ...(ran && { lost: "a stranger's command ran" }),
  };
}

/** How long the shop gets before it is asked again. */
const headStartMs = 200;

/** Sends something that may hold the shop's process. Where nobody is answered any more, it starts anew. */
export async function holdOf(app: App, send: () => Promise<Reply>, { look }: Range): Promise<Outcome> {
  const sent = send();
  await new Promise((resolve) => setTimeout(resolve, headStartMs));
  const [reply, next] = await Promise.all([sent, request(app, 'GET', 'products')]);
  const held = reply.status === 0 && next.status === 0;
  if (held) await app.restart();
  else await app.files.restore();
  return {
    ...{ answer: answerOf(reply), ...shownOf(reply, look) },
    ...(held && { lost: 'the shop no longer answers anybody' }),
  };
}
