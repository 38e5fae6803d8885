/** A message of RFC 5424, section 6, read by its grammar. */
export interface SyslogMessage {
  readonly facility: number;
  readonly severity: number;
  readonly timestamp: string;
  readonly hostname: string;
  readonly appName: string;
  readonly procId: string;
  readonly msgId: string;
  readonly data: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly text: string;
}

const header =
  /^<(\d{1,3})>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) /;
const elementStart = /^\[([!#-<>-\\^-~]{1,32})/;
const param = /^ ([!#-<>-\\^-~]{1,32})="((?:[^"\\\]]|\\["\\\]])*)"/;

/** Throws where the octets are no such message. */
export function parseSyslog(octets: Buffer): SyslogMessage {
  const message = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  const [whole = '', pri, timestamp = '', hostname = '', appName = '', procId = '', msgId = ''] = need(
    header.exec(message),
    message,
  );
  if (Number(pri) > 191 || String(Number(pri)) !== pri) throw new Error(`PRI ${pri}`);
  let rest = message.slice(whole.length);
  const data: Record<string, Record<string, string>> = {};
  if (rest.startsWith('-')) rest = rest.slice(1);
  else {
    while (rest.startsWith('[')) {
      const [opened, id = ''] = need(elementStart.exec(rest), rest);
      rest = rest.slice(opened?.length);
      if (id in data) throw new Error(`${id} twice`);
      data[id] = {};
      for (let found = param.exec(rest); found; found = param.exec(rest)) {
        const [written, name = '', value = ''] = found;
        data[id][name] = value.replace(/\\(["\\\]])/g, '$1');
        rest = rest.slice(written.length);
      }
      if (!rest.startsWith(']')) throw new Error(`no end of ${id}: ${rest}`);
      rest = rest.slice(1);
    }
    if (Object.keys(data).length === 0) throw new Error('no structured data');
  }
  if (rest !== '' && !rest.startsWith(' ')) throw new Error(`no space before the text: ${rest}`);
  const text = rest.slice(1);
  const marked = text.startsWith('\ufeff');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
  if (!marked && /[^\x00-\x7f]/.test(text)) throw new Error('UTF-8 without its mark');
  const facility = Number(pri) >> 3;
  const head = { facility, severity: Number(pri) & 7, timestamp, hostname, appName, procId, msgId };
  return { ...head, data, text: marked ? text.slice(1) : text };
}

function need(found: RegExpExecArray | null, text: string): RegExpExecArray {
  if (!found) throw new Error(`not a message: ${text.slice(0, 80)}`);
  return found;
}

/** The messages of a stream with the length in front of each (RFC 6587, section 3.4.1). */
export function unframe(octets: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  let at = 0;
  while (at < octets.length) {
    const space = octets.indexOf(0x20, at);
    const length = octets.subarray(at, space).toString();
    if (!/^[1-9]\d*$/.test(length)) throw new Error(`length ${length}`);
    at = space + 1 + Number(length);
    if (at > octets.length) throw new Error('a message is cut');
    messages.push(octets.subarray(space + 1, at));
  }
  return messages;
}
