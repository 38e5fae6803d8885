import type { NoAnswerReason } from './reply.ts';

/** Why a request had no answer, by the code of Node's error. */
export function noAnswerReason(error: unknown): NoAnswerReason {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (/^(?:ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM|EINVAL)/.test(code))
    return 'unreachable';
  if (/^HPE_/.test(code)) return 'malformed';
  if (/^(?:ERR_SSL_|ERR_TLS_|EPROTO)/.test(code)) return 'tls';
  return 'closed';
}

/** Of several addresses that were tried, the last one decides. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) {
    const last: unknown = error.errors.at(-1);
    return last === undefined ? '' : codeOf(last);
  }
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

export const noAnswerSentences: Readonly<Record<NoAnswerReason, string>> = {
  refused: 'Nothing listens on the port.',
  timeout: 'The server did not answer in time.',
  tls: 'The TLS handshake failed.',
  closed: 'The server closed the connection without an answer.',
  malformed: 'The answer is not HTTP/1.1, or its headers are too large.',
  unreachable: 'The host name does not resolve, or the network cannot reach it.',
  'not-sent': 'The request was not sent: the limit of requests or of time was reached.',
};
