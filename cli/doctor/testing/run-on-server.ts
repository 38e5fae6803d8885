import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { configureEvents } from 'bulwark/event';
import { bulwark, defendServer } from 'bulwark/node';
import { currentRequest } from 'bulwark/request';
import { afterEach, beforeEach, vi } from 'vitest';
import type { Diagnosis } from '../diagnosis.ts';
import { runDoctor } from '../run-doctor.ts';

configureEvents({ sinks: [] });

/** Closed after each test. */
export const servers: { close(): unknown }[] = [];
export const printed: string[] = [];

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation((text) => void printed.push(String(text)));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) server.close();
});

async function serve(server: Server): Promise<string> {
  servers.push(server.listen(0, '127.0.0.1'));
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

export const bare = (listener: RequestListener): Promise<string> => serve(createServer(listener));

type Page = (req: IncomingMessage, res: ServerResponse, nonce: string) => void;

/** An application that answers every path in the same way. */
export function defended(page: Page): Promise<string> {
  const handler = (req: IncomingMessage, res: ServerResponse): void => {
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    page(req, res, currentRequest()?.nonce ?? '');
  };
  return serve(defendServer(createServer(bulwark({}, handler))));
}

export interface Given {
  readonly paths?: readonly string[];
  readonly token?: string;
  readonly tokenFile?: string;
  readonly ca?: string;
}

export interface Ran {
  readonly text: string;
  readonly exitCode: number;
  readonly by: ReadonlyMap<string, Diagnosis>;
}

export async function run(target: string, { paths = [], token, tokenFile, ca }: Given = {}): Promise<Ran> {
  const env = token === undefined ? {} : { BULWARK_DOCTOR_TOKEN: token };
  const { text, exitCode } = await runDoctor({ target, format: 'json', paths, tokenFile, ca }, env);
  const { diagnoses } = JSON.parse(text) as { diagnoses: Diagnosis[] };
  return { text, exitCode, by: new Map(diagnoses.map((diagnosis) => [diagnosis.id, diagnosis])) };
}
