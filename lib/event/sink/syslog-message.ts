import { codes, type Severity } from '../../refusal/codes.ts';
import type { SecurityEvent } from '../security-event.ts';
import type { Shape } from './sink.ts';

/** Notice, warning, error, critical (RFC 5424, section 6.2.1). */
const severityNumber: { readonly [S in Severity]: number } = { low: 5, medium: 4, high: 3, critical: 2 };

export interface SyslogFields {
  readonly facility: number;
  readonly hostname: string;
  readonly appName: string;
  readonly enterpriseNumber: number;
  readonly maxBytes: number;
  readonly shape: Shape | undefined;
}

/**
 * Makes messages of RFC 5424, at most `maxBytes` each in UTF-8. The structured data has the event, then the evidence; what
 * does not fit is left out whole, and the text is cut between characters.
 */
export function syslogFormat(fields: SyslogFields): (event: SecurityEvent) => string {
  const { facility, enterpriseNumber, maxBytes, shape } = fields;
  const source = `${headerField(fields.hostname, 255)} ${headerField(fields.appName, 48)} ${process.pid}`;
  const ownName = `bulwark@${enterpriseNumber}`;
  const evidenceName = `evidence@${enterpriseNumber}`;
  /** By code: MSGID, and the text where no shape makes another. */
  const known = new Map<string, readonly [id: string, text: string]>();

  function ofCode(code: SecurityEvent['code']): readonly [id: string, text: string] {
    let made = known.get(code);
    if (!made) {
      made = [headerField(code, 32), marked(codes[code].message)];
      known.set(code, made);
    }
    return made;
  }

  function format(event: SecurityEvent, text: string, room: number): string {
    const pri = facility * 8 + severityNumber[event.severity];
    const head = `<${pri}>1 ${event.time} ${source} ${ofCode(event.code)[0]} `;
    // Joined at the end, because text that is added to bit by bit leaves much for the collector.
    const parts = [head];
    let left = room - bytesIn(head, room);
    left -= addElement(parts, ownName, ownNames, ownValues(event), left);
    const { evidence } = event;
    left -= addElement(parts, evidenceName, Object.keys(evidence), Object.values(evidence), left);
    parts.push(cut(text, left));
    return parts.join('');
  }

  return (event) => {
    const text = shape ? marked(JSON.stringify(shape(event))) : ofCode(event.code)[1];
    // Nearly all fit, and then nothing needs to be counted on the way.
    const whole = format(event, text, Number.POSITIVE_INFINITY);
    // A unit of UTF-16 is three bytes at most.
    if (whole.length * 3 <= maxBytes || Buffer.byteLength(whole) <= maxBytes) return whole;
    return format(event, text, maxBytes);
  };
}

const ownNames = 'id code guard action severity count cwe owasp client request method user route'.split(' ');

function ownValues(event: SecurityEvent): unknown[] {
  const { id, code, guard, action, severity, count, cwe, owasp, request } = event;
  return [
    id,
    code,
    guard,
    action,
    severity,
    count,
    cwe,
    owasp,
    request?.client,
    request?.id,
    request?.method,
    request?.user,
    request?.route,
  ];
}

/** A text that is UTF-8 and more than ASCII begins with the mark (section 6.4); elsewhere it would only confuse. */
function marked(text: string): string {
  return /[^\x20-\x7e]/.test(text) ? ` \ufeff${text}` : ` ${text}`;
}

/** PRINTUSASCII of a bounded length; a lone hyphen where nothing is left. */
function headerField(text: string, longest: number): string {
  return text.replace(/[^\x21-\x7e]/g, '').slice(0, longest) || '-';
}

/** Adds an SD-ELEMENT with the parameters that fit, or nothing where there is none, and gives the bytes it has. */
function addElement(
  parts: string[],
  name: string,
  names: readonly string[],
  values: readonly unknown[],
  room: number,
): number {
  const begin = parts.length;
  let bytes = name.length + 2;
  parts.push('[', name);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === undefined || value === null) continue;
    const key = paramName(names[i] as string);
    const text = paramValue(value);
    const more = key.length + 4 + bytesIn(text, room);
    if (bytes + more > room) continue;
    bytes += more;
    parts.push(' ', key, '="', text, '"');
  }
  if (parts.length === begin + 2) {
    parts.length = begin;
    return 0;
  }
  parts.push(']');
  return bytes;
}

/** Section 6.3.3: a name has no equals sign, space, bracket or quote. */
function paramName(key: string): string {
  return /^\w{1,32}$/.test(key) ? key : key.replace(/[^\x21-\x7e]|[="\]]/g, '_').slice(0, 32);
}

/** In a value three characters are escaped. */
function paramValue(value: unknown): string {
  const text = String(value);
  return /["\\\]]/.test(text) ? text.replace(/["\\\]]/g, '\\$&') : text;
}

/** Not counted where there is room for all. */
function bytesIn(text: string, room: number): number {
  return room === Number.POSITIVE_INFINITY ? 0 : Buffer.byteLength(text);
}

function cut(text: string, room: number): string {
  if (room === Number.POSITIVE_INFINITY) return text;
  const bytes = Buffer.from(text);
  if (bytes.length <= room) return text;
  let end = Math.max(room, 0);
  // Not within a character: the bytes that go on with one begin with 10.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end).toString();
}
