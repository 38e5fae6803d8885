import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { request } from '../attack/request.ts';
import type { App } from '../run/app-process.ts';
import type { Lab } from '../run/open-lab.ts';
import { type Legitimate, legitimate } from './requests.ts';
import { type TradeRequest, tradeRequests } from './trade.ts';
import { take, walks } from './walks.ts';

export interface Comparison {
  readonly request: Pick<Legitimate, 'name' | 'undefendedFails'>;
  readonly alike: boolean;
  /** What differs, where something does. */
  readonly why?: string;
}

/** Sends every legitimate request to both applications and compares what a visitor would see. */
export async function compareLegitimate({
  undefended,
  defended,
  range,
}: Pick<Lab, 'undefended' | 'defended' | 'range'>): Promise<readonly Comparison[]> {
  const results: Comparison[] = [];
  for (const one of [...legitimate, ...tradeRequests]) {
    const [theirs, ours] = await Promise.all([visible(undefended, one), visible(defended, one)]);
    await Promise.all([undefended.tidy(), defended.tidy()]);
    if (one.undefendedFails !== undefined) {
      const answered = /^[23]\d\d /.test(ours);
      results.push({
        request: one,
        alike: answered && theirs !== ours,
        ...(!answered && { why: `the defended one answers ${ours.slice(0, 60)}` }),
        ...(theirs === ours && { why: 'the undefended one does not fail after all' }),
      });
    } else {
      const answered = !/^(?:5\d\d|0) /.test(theirs);
      results.push({
        request: one,
        alike: answered && theirs === ours,
        ...(theirs !== ours && { why: difference(theirs, ours) }),
        ...(!answered && { why: `the undefended one answers ${theirs.slice(0, 60)}` }),
      });
    }
  }
  return [...results, ...(await compareWalks({ undefended, defended, range }))];
}

/** Takes each walk at both. */
async function compareWalks({
  undefended,
  defended,
  range,
}: Pick<Lab, 'undefended' | 'defended' | 'range'>): Promise<readonly Comparison[]> {
  const results: Comparison[] = [];
  for (const one of walks) {
    const [theirs, ours] = await Promise.all([
      take(one, undefended, range('undefended')),
      take(one, defended, range('defended')),
    ]);
    if (theirs === undefined || ours === undefined) continue;
    const alike = theirs === one.ends && ours === one.ends;
    results.push({
      request: { name: `a customer ${one.name}` },
      alike,
      ...(!alike && { why: `${JSON.stringify(theirs)} / ${JSON.stringify(ours)}` }),
    });
  }
  return results;
}

/** The status and everything that a visitor sees or can follow; and the same of the page that shows what was done. */
async function visible(app: App, { method, path, body, type, view }: TradeRequest): Promise<string> {
  const first = await request(app, method, path, typeof body === 'function' ? body() : body, type);
  const parts = [`${first.status} ${seen(first.type, first.body)} ${first.location ?? ''}`];
  if (view !== undefined) {
    const next = await request(app, 'GET', view);
    parts.push(`${next.status} ${seen(next.type, next.body)}`);
  }
  return parts.join('\n').replace(/profile\?id=\d+|"id":\d+/g, 'id');
}

function seen(type: string, body: string): string {
  if (!type.startsWith('text/html')) return body;
  const parts: string[] = [];
  // Scripts and what belongs to them are where the two applications differ on purpose.
  const own = new Set(['nonce', 'rel']);
  const pending: DefaultTreeAdapterTypes.Node[] = [parse(body)];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.nodeName === 'script') continue;
    if ('value' in node) parts.push(node.value);
    if ('attrs' in node) {
      const attributes = node.attrs
        .filter(({ name }) => !own.has(name))
        .map(({ name, value }) => ` ${name}="${value}"`);
      parts.push(`<${node.tagName}${attributes.join('')}>`);
    }
    if ('childNodes' in node) pending.push(...node.childNodes.toReversed());
  }
  return parts.join('').replace(/\s+/g, ' ');
}

function difference(theirs: string, ours: string): string {
  let at = 0;
  while (at < theirs.length && theirs[at] === ours[at]) at++;
  const from = Math.max(0, at - 15);
  return `${JSON.stringify(theirs.slice(from, at + 40))} / ${JSON.stringify(ours.slice(from, at + 40))}`;
}
