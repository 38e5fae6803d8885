/** What a server sent to one request. All of it is untrusted text. */
export interface Answer {
  readonly kind: 'answer';
  readonly method: Method;
  /** As it was requested. */
  readonly url: string;
  readonly status: number;
  /** In order, with repeats; names in lower case. */
  readonly headers: readonly Header[];
  /** As text, up to a bound. Compressed content is decompressed. */
  readonly body: string;
  /** The body is longer than what was read, or ended too early. */
  readonly isCut: boolean;
}

/** Why there is no answer. */
export interface NoAnswer {
  readonly kind: 'none';
  readonly method: Method;
  readonly url: string;
  readonly reason: NoAnswerReason;
  /** For a person, in a sentence that holds nothing of the server's: `The server closed the connection without an answer.` */
  readonly sentence: string;
}

export type NoAnswerReason =
  /** Nothing listens there. */
  | 'refused'
  /** No answer in time. */
  | 'timeout'
  /** The TLS handshake failed. */
  | 'tls'
  /** The connection ended without an answer. */
  | 'closed'
  /** What came is no HTTP, or has too many headers. */
  | 'malformed'
  /** The name does not resolve, or the network cannot reach it. */
  | 'unreachable'
  /** The limit of requests or of time was reached before, or the gate does not let the URL through. */
  | 'not-sent';

export type Reply = Answer | NoAnswer;
/** POST is sent by the log-in probe only. */
export type Method = 'GET' | 'HEAD' | 'OPTIONS' | 'POST';
export type Header = readonly [name: string, value: string];

/** All values of a header, in order. */
export function headerValues({ headers }: Pick<Answer, 'headers'>, name: string): readonly string[] {
  return headers.flatMap(([one, value]) => (one === name ? [value] : []));
}
