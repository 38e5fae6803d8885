import type { OutgoingHttpHeader, ServerResponse } from 'node:http';
import { answerTo } from '../../errors/answer-to.ts';
import { addVary } from '../../node/head/add-vary.ts';
import { addRateLimits } from '../../web/add-rate-limits.ts';
import type { HeaderLine } from '../page-policy.ts';
import type { ServedRequest } from '../served-request.ts';

/**
 * Sets the headers at the last moment: Next.js drops a route handler's header if the response already has one. What the application sets
 * takes precedence.
 *
 * Next.js answers an error in an action or page with 500. If it was a refusal, its own status replaces that.
 *
 * @returns a function that removes the headers that guards have set so far, and restores them with the others
 */
export function setAtHead(
  res: ServerResponse,
  lines: (status: number) => readonly HeaderLine[],
  answer: ServedRequest,
): () => void {
  let kept: readonly Kept[] = [];
  const writeHead = res.writeHead as (status: number, ...rest: unknown[]) => ServerResponse;
  res.writeHead = function writeNextHead(this: ServerResponse, status: number, ...rest: unknown[]) {
    if (this.headersSent) return writeHead.call(this, status, ...rest);
    setKept(this, kept);
    const sent = answer.error !== undefined && status === 500 ? setRefused(this, answer.error) : status;
    for (const [name, value] of lines(sent)) if (!this.hasHeader(name)) this.setHeader(name, value);
    return writeHead.call(this, sent, ...rest);
  } as ServerResponse['writeHead'];
  return () => {
    kept = Object.entries(res.getHeaders());
    for (const [name] of kept) res.removeHeader(name);
  };
}

type Kept = readonly [name: string, value: OutgoingHttpHeader | undefined];

function setRefused(res: ServerResponse, error: unknown): number {
  const { status, headers } = answerTo(error);
  res.statusMessage = '';
  for (const [name, value] of headers) {
    if (name === 'Retry-After' || name === 'Cache-Control') res.setHeader(name, value);
  }
  return status;
}

function setKept(res: ServerResponse, kept: readonly Kept[]): void {
  const limits = kept.filter(([name]) => name.startsWith('ratelimit'));
  for (const [name, value] of kept) {
    if (value === undefined || name.startsWith('ratelimit')) continue;
    if (name === 'vary') addVary(res, String(value));
    else if (!res.hasHeader(name)) res.setHeader(name, value);
  }
  if (limits.length === 0) return;
  const before = new Map(limits.map(([name, value]) => [name, String(value)]));
  const added = ['RateLimit-Policy', 'RateLimit'].flatMap((name): [string, string][] =>
    res.hasHeader(name) ? [[name, String(res.getHeader(name))]] : [],
  );
  for (const [name, value] of addRateLimits((wanted) => before.get(wanted.toLowerCase()), added)) {
    res.setHeader(name, value);
  }
  for (const [name, value] of before) if (!res.hasHeader(name)) res.setHeader(name, value);
}
