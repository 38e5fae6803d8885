import { codes, type Severity } from '../refusal/codes.ts';
import type { SecurityEvent } from './security-event.ts';
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
 * One message of RFC 5424, at most `maxBytes` in UTF-8. The structured data has the event, then the evidence; what does
 * not fit is left out whole, and the text is cut between characters.
 */
export function syslogMessage(event: SecurityEvent, fields: SyslogFields): string {
  const { facility, hostname, appName, enterpriseNumber, maxBytes, shape } = fields;
  const pri = facility * 8 + severityNumber[event.severity];
  const msgId = headerField(event.code, 32);
  const head = [
    `<${pri}>1`,
    event.time,
    headerField(hostname, 255),
    headerField(appName, 48),
    process.pid,
    msgId,
  ];
  const { id, code, guard, action, severity, cwe, owasp, count, request, evidence } = event;
  const own = {
    ...{ id, code, guard, action, severity, count, cwe, owasp },
    ...{ client: request?.client, request: request?.id, method: request?.method },
    ...{ user: request?.user, route: request?.route },
  };
  let message = `${head.join(' ')} `;
  message += element(`bulwark@${enterpriseNumber}`, own, maxBytes - Buffer.byteLength(message));
  message += element(`evidence@${enterpriseNumber}`, evidence, maxBytes - Buffer.byteLength(message));
  const text = shape ? JSON.stringify(shape(event)) : codes[code].message;
  // A text that is UTF-8 and more than ASCII begins with the mark (section 6.4); elsewhere it would only confuse.
  const marked = /[^\x20-\x7e]/.test(text) ? ` \ufeff${text}` : ` ${text}`;
  return message + cut(marked, maxBytes - Buffer.byteLength(message));
}

/** PRINTUSASCII of a bounded length; a lone hyphen where nothing is left. */
function headerField(text: string, longest: number): string {
  return text.replace(/[^\x21-\x7e]/g, '').slice(0, longest) || '-';
}

/** An SD-ELEMENT with the parameters that fit; the nil value, or nothing, where there is none. */
function element(name: string, params: object, room: number): string {
  let written = `[${name}`;
  let left = room - written.length - 1;
  for (const [key, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue;
    // Section 6.3.3: a name has no equals sign, space, bracket or quote; in a value three characters are escaped.
    const param = ` ${key.replace(/[^\x21-\x7e]|[="\]]/g, '_').slice(0, 32)}="${String(value).replace(/["\\\]]/g, '\\$&')}"`;
    const bytes = Buffer.byteLength(param);
    if (bytes > left) continue;
    written += param;
    left -= bytes;
  }
  return written.includes(' ') ? `${written}]` : '';
}

function cut(text: string, room: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= room) return text;
  let end = Math.max(room, 0);
  // Not within a character: the bytes that go on with one begin with 10.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end).toString();
}
