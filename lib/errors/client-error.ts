/** What an error says about the client's own mistake. */
export interface ClientError {
  readonly status: number;
  readonly title: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/**
 * Body parsers and routers mark the client's own mistakes with a 4xx status that may be shown (`expose`, as http-errors
 * has it), or throw a URIError for a path that is not UTF-8. A status alone can be that of an upstream server.
 */
export function clientErrorOf(error: unknown): ClientError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { status: given, expose } = error as { status?: unknown; expose?: unknown };
  const meant = expose === true || (error instanceof URIError && given === 400);
  if (!(meant && typeof given === 'number' && given >= 400 && given < 500)) return undefined;
  const status = Math.trunc(given);
  // RFC 9457, 4.2.1: with about:blank the title is the status's own phrase. RFC 9110, 15: an unknown 4xx is a 400.
  return { status, title: titles.get(status) ?? 'Bad Request', headers: headersOf(error) };
}

/** https://www.iana.org/assignments/http-status-codes, 2026-11 */
const titles: ReadonlyMap<number, string> = new Map([
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [402, 'Payment Required'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [406, 'Not Acceptable'],
  [407, 'Proxy Authentication Required'],
  [408, 'Request Timeout'],
  [409, 'Conflict'],
  [410, 'Gone'],
  [411, 'Length Required'],
  [412, 'Precondition Failed'],
  [413, 'Content Too Large'],
  [414, 'URI Too Long'],
  [415, 'Unsupported Media Type'],
  [416, 'Range Not Satisfiable'],
  [417, 'Expectation Failed'],
  [421, 'Misdirected Request'],
  [422, 'Unprocessable Content'],
  [423, 'Locked'],
  [424, 'Failed Dependency'],
  [425, 'Too Early'],
  [426, 'Upgrade Required'],
  [428, 'Precondition Required'],
  [429, 'Too Many Requests'],
  [431, 'Request Header Fields Too Large'],
  [451, 'Unavailable For Legal Reasons'],
]);

/** The headers that a client needs to ask again, as http-errors has them: RFC 9110, 10.2.1, 10.2.3 and 11.6.1. */
const forTheClient = new Set(['allow', 'retry-after', 'www-authenticate']);

/** Own properties only: a polluted prototype must not add headers. */
function headersOf(error: Error): ClientError['headers'] {
  const found: [string, string][] = [];
  try {
    const headers: unknown = Object.getOwnPropertyDescriptor(error, 'headers')?.value;
    if (typeof headers !== 'object' || headers === null) return [];
    for (const name of Object.keys(headers).slice(0, 20)) {
      if (!forTheClient.has(name.toLowerCase())) continue;
      const value = headerValue((headers as Record<string, unknown>)[name]);
      if (value !== undefined) found.push([name, value]);
    }
  } catch {
    // A proxy whose traps throw, a getter: what was read until then is kept.
  }
  return found;
}

/** Several lines as one list; undefined for what is not a header's value. */
function headerValue(value: unknown): string | undefined {
  const lines = (Array.isArray(value) ? value.slice(0, 20) : [value]).map((line: unknown) =>
    typeof line === 'number' ? String(line) : line,
  );
  const valid = lines.every(
    (line): line is string => typeof line === 'string' && line.length <= 1000 && visibleText.test(line),
  );
  return valid && lines.length > 0 ? lines.join(', ') : undefined;
}

/** ASCII without control characters: no line break, and nothing that a client could read in two ways. */
const visibleText = /^[\x20-\x7e]+$/;
