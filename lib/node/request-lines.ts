import { headerLines, type RequestHeaders } from './header-lines.ts';

/**
 * The header lines that decide how a request begins, read in one pass. `req.headers` is built at its first use, which costs more than
 * all of this, and a handler may never need it. It also inherits from `Object.prototype`, which may be polluted.
 */
export class RequestLines {
  /** Names and values in turn. */
  readonly raw: readonly string[];
  host: string | undefined;
  /** How many lines name a host. */
  hosts = 0;
  contentLength: string | undefined;
  hasTransferEncoding = false;
  /** The client may wait for the server's word before it sends a body. */
  expects = false;
  /** The answer may be a 304. */
  isConditional = false;

  constructor(req: RequestHeaders) {
    const raw = headerLines(req);
    this.raw = raw;
    for (let i = 0; i + 1 < raw.length; i += 2) this.#read(raw[i] as string, raw[i + 1] as string);
  }

  /** Of several lines Node takes the first, too. */
  #read(name: string, value: string): void {
    const letter = name.charCodeAt(0) | 0x20;
    switch (name.length) {
      case 4:
        if (letter === h && name.toLowerCase() === 'host' && this.hosts++ === 0) this.host = value;
        break;
      case 6:
        if (letter === e && name.toLowerCase() === 'expect') this.expects = true;
        break;
      case 13:
        if (letter === i && name.toLowerCase() === 'if-none-match') this.isConditional = true;
        break;
      case 14:
        if (letter === c && name.toLowerCase() === 'content-length') this.contentLength ??= value;
        break;
      case 17:
        if (letter === t && name.toLowerCase() === 'transfer-encoding') this.hasTransferEncoding = true;
        else if (letter === i && name.toLowerCase() === 'if-modified-since') this.isConditional = true;
        break;
    }
  }
}

const c = 0x63;
const e = 0x65;
const h = 0x68;
const i = 0x69;
const t = 0x74;
