/** An answer as it came over the socket. */
export interface Answer {
  readonly version: string;
  readonly status: number;
  /** As they were sent, in their order. */
  readonly lines: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  /** False if the connection ended, or ends for now, in the middle. */
  readonly isComplete: boolean;
  /** Whether it ends by itself, and not with the connection. */
  readonly isFramed: boolean;
}

interface Found {
  readonly answer: Answer;
  readonly rest: string;
}

/**
 * Reads the answers in what a server sent, strictly: anything between them is an error.
 *
 * @param text its bytes as Latin-1
 * @param methods those of the requests, as an answer to HEAD has no body
 * @param isEnd whether the connection has ended
 */
export function readAnswers(text: string, methods: readonly string[], isEnd: boolean): readonly Answer[] {
  const answers: Answer[] = [];
  let rest = text;
  let index = 0;
  while (rest !== '') {
    const found = readAnswer(rest, methods[index], isEnd);
    if (found === undefined) break;
    answers.push(found.answer);
    if (found.answer.status >= 200) index++;
    if (!found.answer.isComplete) break;
    rest = found.rest;
  }
  return answers;
}

function readAnswer(text: string, method: string | undefined, isEnd: boolean): Found | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...rest] = text.slice(0, end).split('\r\n');
  const [, version, status] = /^HTTP\/(1\.[01]) (\d{3})(?: [^\r\n]*)?$/.exec(first) ?? [];
  if (version === undefined)
    throw new Error(`This is no status line: ${JSON.stringify(first.slice(0, 200))}`);
  const lines = rest.map((line): readonly [string, string] => {
    const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw new Error(`This is no header: ${JSON.stringify(line)}`);
    return [name, value];
  });
  const head = { version, status: Number(status), lines };
  const { part, rest: next } = bodyOf(head.status, lines, method, text.slice(end + 4), isEnd);
  const decoded = Buffer.from(part.text, 'latin1').toString('utf8');
  return { answer: { ...head, ...part, text: decoded }, rest: next };
}

interface Body {
  readonly part: Pick<Answer, 'text' | 'isComplete' | 'isFramed'>;
  readonly rest: string;
}

/** RFC 9112, 6.3. */
function bodyOf(
  status: number,
  lines: Answer['lines'],
  method: string | undefined,
  text: string,
  isEnd: boolean,
): Body {
  const values = (wanted: string): readonly string[] =>
    lines.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  const lengths = values('content-length');
  const codings = values('transfer-encoding');
  if (lengths.length + codings.length > 1)
    throw new Error(`Two lengths: ${[...lengths, ...codings].join(', ')}`);
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) {
    return { part: { text: '', isComplete: true, isFramed: true }, rest: text };
  }
  if (codings.length > 0) return chunked(text);
  if (lengths.length === 0) return { part: { text, isComplete: isEnd, isFramed: false }, rest: '' };
  const length = Number(lengths[0]);
  const part = { text: text.slice(0, length), isComplete: text.length >= length, isFramed: true };
  return { part, rest: text.slice(length) };
}

function chunked(text: string): Body {
  let at = 0;
  let body = '';
  for (;;) {
    const [line, size] = /^([\da-f]+)\r\n/i.exec(text.slice(at, at + 20)) ?? [];
    if (line === undefined || size === undefined) break;
    const start = at + line.length;
    const length = Number.parseInt(size, 16);
    body += text.slice(start, start + length);
    at = start + length + 2;
    if (text.slice(at - 2, at) !== '\r\n') break;
    if (length === 0) return { part: { text: body, isComplete: true, isFramed: true }, rest: text.slice(at) };
  }
  return { part: { text: body, isComplete: false, isFramed: true }, rest: '' };
}
