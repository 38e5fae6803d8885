import { origin } from './start-site.ts';

type Fields = Readonly<Record<string, string>>;

let machines = 0;

/**
 * What a browser does, as far as these tests need it: it keeps cookies, sends the headers by which a server tells its own
 * pages from others, and submits the forms of a page with their hidden fields. Each has an address of its own.
 */
export class Browser {
  readonly cookies: Map<string, string> = new Map();
  readonly #base: string;
  readonly #isOld: boolean;
  address: string = newAddress();

  /** An old browser sends neither `Origin` nor `Sec-Fetch-Site`. */
  constructor(base: string, { old: isOld = false }: { readonly old?: boolean } = {}) {
    this.#base = base;
    this.#isOld = isOld;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get(path: string, headers: Fields = {}): Promise<Response> {
    return this.#send(path, { headers });
  }

  /** Without the fields of the page's form, as a script or a foreign page sends it. */
  post(path: string, fields: Fields, headers: Fields = this.#ofOwnPage()): Promise<Response> {
    return this.#send(path, { method: 'POST', headers, body: new URLSearchParams(fields) });
  }

  /** Opens the page and sends its form. */
  async submit(path: string, fields: Fields, action: string = path): Promise<Response> {
    const page = await (await this.get(path)).text();
    const hidden = [...page.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    const given = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
    return this.post(action, { ...given, ...fields });
  }

  #ofOwnPage(): Fields {
    return this.#isOld ? {} : { origin, 'sec-fetch-site': 'same-origin' };
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const cookie: Fields = this.cookie === '' ? {} : { cookie: this.cookie };
    const forwarded = { 'x-forwarded-for': this.address, 'x-forwarded-proto': 'https' };
    const headers = { ...forwarded, ...cookie, ...init.headers } as Fields;
    const response = await fetch(`${this.#base}${path}`, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}

/** An address that no test used before, so that only the limits that a test is about are reached. */
export function newAddress(): string {
  machines += 1;
  return `198.18.${machines >> 8}.${machines & 255}`;
}
