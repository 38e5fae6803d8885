import { request } from 'node:http';
import { DoctorMistake } from '../doctor-mistake.ts';
import { isSighting, type Sighting } from './sighting.ts';

/** Asks the application's process what it saw. */
export interface Channel {
  /** Returns the id of a new probe, for the header `x-bulwark-doctor` of one request. */
  probe(): Promise<string>;
  /** Undefined if no request with that id has reached the process. */
  sighting(id: string): Promise<Sighting | undefined>;
}

const timeoutMs = 5_000;
const mostBytes = 100_000;

/**
 * Connects to the port of 127.0.0.1 that the token names.
 *
 * @param token as the application printed it: `40213.Zm9v...`
 * @throws {DoctorMistake} `doctor/token`
 */
export async function openChannel(token: string): Promise<Channel> {
  const [, port, secret] = /^(\d{1,5})\.([\w-]{32})$/.exec(token) ?? [];
  if (port === undefined || secret === undefined || Number(port) > 65_535) {
    throw tokenMistake('The token does not have the form that the application prints.');
  }
  const ask = (method: string, path: string, key: string): Promise<Reply> =>
    call(Number(port), method, path, key);
  const run = await ask('POST', '/runs', secret);
  const key = textOf(run.body, 'key');
  if (run.status !== 200 || key === undefined) {
    throw tokenMistake('The application does not know this token. Each token works for one run.');
  }
  return {
    async probe() {
      const id = textOf((await ask('POST', '/probes', key)).body, 'id');
      if (id === undefined) throw tokenMistake('The application accepts no more probes in this run.');
      return id;
    },
    async sighting(id) {
      const { status, body } = await ask('GET', `/probes/${id}`, key);
      return status === 200 && isSighting(body) ? body : undefined;
    },
  };
}

function tokenMistake(what: string): DoctorMistake {
  return new DoctorMistake(
    'doctor/token',
    what,
    'With the token, the doctor asks the application what it saw.',
    'Start the application with BULWARK_DOCTOR=1. On the same machine, use the token that it printed last.',
  );
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

function call(port: number, method: string, path: string, key: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(tokenMistake(`No application answers on port ${port} of 127.0.0.1.`));
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = { Authorization: `Bearer ${key}` };
    const asked = request({ host: '127.0.0.1', port, method, path, headers, agent: false, signal }, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > mostBytes) res.destroy(new Error('too much'));
      });
      res.on('error', fail);
      res.on('end', () => resolve({ status: res.statusCode ?? 0, body: parsed(text) }));
    });
    asked.on('error', fail);
    asked.end();
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(body: unknown, name: string): string | undefined {
  const value = (body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}
