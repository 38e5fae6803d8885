import { codes } from '../../../refusal/codes.ts';
import type { Denied } from '../../../refusal/decision.ts';

/** What a client is told when nothing goes on: `application/problem+json` (RFC 9457). */
export interface ProblemAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** 403 for what a policy says, whatever the code's status is where a server refuses its own client. */
function statusOf({ code }: Denied): number {
  return code.startsWith('fetch/') && code !== 'fetch/invalid-url' && code !== 'fetch/credentials-in-url'
    ? 403
    : codes[code].status;
}

/**
 * The code and a fixed sentence: no address that a name was resolved to, and nothing of the rules. A private destination
 * gets the same answer whether its port is open or not, as nothing was connected.
 */
export function denialAnswer(denied: Denied, id: string, retryAfter?: number): ProblemAnswer {
  const { message } = codes[denied.code];
  return answer(
    statusOf(denied),
    {
      title: message,
      ...(denied.hint !== undefined && { detail: denied.hint }),
      code: denied.code,
      requestId: id,
    },
    [
      ['x-bulwark-code', denied.code],
      ...(denied.code === 'gateway/unauthenticated'
        ? ([['proxy-authenticate', 'Basic realm="bulwark-gateway", charset="UTF-8"']] as const)
        : []),
      ...(retryAfter === undefined ? [] : ([['retry-after', String(Math.ceil(retryAfter))]] as const)),
    ],
  );
}

/** For a destination that is allowed and cannot be reached: 504 where it took too long, else 502. */
export function failureAnswer(late: boolean, id: string): ProblemAnswer {
  const title = late ? 'The destination did not answer in time.' : 'The destination could not be reached.';
  return answer(late ? 504 : 502, { title, requestId: id }, []);
}

/** For bytes that are no request: the head was too long (431), came too slowly (408), or cannot be read (400). */
export function unreadableAnswer(status: number, id: string): ProblemAnswer {
  const code = 'gateway/invalid-request';
  return answer(status, { title: codes[code].message, code, requestId: id }, [['x-bulwark-code', code]]);
}

function answer(status: number, fields: object, headers: ProblemAnswer['headers']): ProblemAnswer {
  const body = JSON.stringify({ type: 'about:blank', status, ...fields });
  return {
    status,
    body,
    headers: [
      ['content-type', 'application/problem+json'],
      ['content-length', String(Buffer.byteLength(body))],
      ['cache-control', 'no-store'],
      ...headers,
    ],
  };
}

const phrases: Readonly<Record<number, string>> = {
  ...{ 400: 'Bad Request', 403: 'Forbidden', 407: 'Proxy Authentication Required', 408: 'Request Timeout' },
  ...{ 429: 'Too Many Requests', 431: 'Request Header Fields Too Large', 502: 'Bad Gateway' },
  ...{ 503: 'Service Unavailable', 504: 'Gateway Timeout' },
};

/** The bytes of an answer, for a connection that no server of Node's answers on any more. It is closed after them. */
export function answerBytes({ status, headers, body }: ProblemAnswer): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${status} ${phrases[status] ?? 'Error'}\r\n${lines}connection: close\r\n\r\n${body}`;
}
