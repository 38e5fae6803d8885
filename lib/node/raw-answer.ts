import { answerTo } from '../errors/answer-to.ts';
import { nodeHttp } from './node-http.ts';

/**
 * The answer to an error as text for the socket, for where no response belongs to it, or where the response is still the
 * application's. The connection must end behind it.
 */
export function rawAnswer(error: unknown): string {
  const { status, headers, body } = answerTo(error);
  const lines = [...headers, ['Content-Length', body.length], ['Connection', 'close']].map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `HTTP/1.1 ${status} ${phraseOf(status)}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

function phraseOf(status: number): string {
  return nodeHttp?.STATUS_CODES[status] ?? '';
}
