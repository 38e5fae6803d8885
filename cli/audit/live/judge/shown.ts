import { type Answer, headerValues, type Reply } from '../../../target/http/reply.ts';
import type { Evidence } from '../../check/outcome.ts';

const longest = 300;

/** A request and what came of it, with the values of some headers: `GET https://shop.example/ -> 200, server: nginx`. */
export function shownReply(reply: Reply, ...headers: readonly string[]): Evidence {
  const request = `${reply.method} ${short(reply.url, 150)}`;
  if (reply.kind === 'none') return { text: `${request}: ${reply.sentence}` };
  const values = headers.map((name) => {
    const all = headerValues(reply, name);
    return all.length === 0 ? `no ${name}` : `${name}: ${short(all.join(', '), longest)}`;
  });
  return { text: [`${request} -> ${reply.status}`, ...values].join('; ') };
}

/** A request and a piece of what came back. */
export function shownPiece(answer: Answer, piece: string): Evidence {
  return { text: `${shownReply(answer).text}: ${short(piece.replaceAll(/\s+/g, ' ').trim(), longest)}` };
}

/** The path of a URL, to stand in a sentence. */
export function pathOf(url: string): string {
  return short(URL.canParse(url) ? new URL(url).pathname : url, 80).replaceAll(/[\s\p{Cc}]/gu, '?');
}

export function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}...` : text;
}
