/** What a document holds: its elements with the names of their attributes, and URLs that would run. */
export interface Seen {
  readonly structure: string;
  /** The structure of a page with harmless values. */
  readonly like?: string;
  readonly residue: readonly string[];
  readonly reads: Readonly<Record<string, unknown>>;
  readonly fired: number;
}

export interface Job {
  readonly path: string;
  readonly like?: string;
  readonly reads: readonly string[];
}

/** Runs in the page: loads each document into a frame, and says what is in it. */
export async function look(jobs: readonly Job[]): Promise<Seen[]> {
  const urlNames =
    /^(?:href|src|action|formaction|data|poster|xlink:href|background|cite|ping|codebase|longdesc)$/;
  const harmless = /^(?:https?|mailto|tel|sms|about):$/;

  function describe(root: Document | DocumentFragment | ShadowRoot, residue: string[]): string {
    const out: string[] = [];
    for (const element of root.querySelectorAll('*')) {
      const names = [...element.attributes].map((attribute) => attribute.name).sort();
      out.push(`${element.parentElement?.localName ?? ''}>${element.localName}[${names}]`);
      for (const { name, value } of element.attributes) {
        if (!urlNames.test(name)) continue;
        try {
          const { protocol } = new URL(value, 'http://own.example/');
          if (!harmless.test(protocol) && !/^data:image\/(?:png|gif|jpeg|webp)[;,]/.test(value))
            residue.push(`${name}=${value}`);
        } catch {
          // No URL: nothing can be followed.
        }
      }
      if (element instanceof HTMLTemplateElement || element.localName === 'template') {
        out.push(`{${describe((element as HTMLTemplateElement).content, residue)}}`);
      }
      if (element.shadowRoot) out.push(`{${describe(element.shadowRoot, residue)}}`);
    }
    return out.join(' ');
  }

  function readOne(frame: Window, doc: Document, key: string): unknown {
    const at = key.lastIndexOf(' ');
    const selector = at < 0 ? '' : key.slice(0, at);
    const what = key.slice(at + 1);
    const element = selector === '' ? null : doc.querySelector(selector);
    if (selector === '') return JSON.parse(JSON.stringify((frame as never)[what.slice(1)] ?? null));
    if (element === null) return `no ${selector}`;
    if (what === '#') return element.textContent;
    if (what === '@id-rest') return element.id.slice(2);
    if (what.startsWith('@')) return element.getAttribute(what.slice(1));
    const url = (): URL => new URL((element as HTMLAnchorElement).href);
    if (what === '$host') return url().origin === location.origin ? 'same' : url().host;
    if (what === '$host-end') return url().protocol === 'about:' ? '.example.com' : url().hostname.slice(-12);
    if (what === '$path') return url().pathname;
    if (what === '$json') return JSON.parse(element.textContent ?? '');
    if (what === '$shadow') return element.shadowRoot?.querySelector('p')?.textContent;
    if (what === '$inner') return element.innerHTML;
    if (what === '$srcs') return element.getAttribute('srcset');
    if (what === '$width') return (element as HTMLElement).style.width;
    if (what === '$computed-width') return frame.getComputedStyle(element).width;
    if (what === '$color') return frame.getComputedStyle(element).color;
    if (what === '$value-raw') return element.textContent;
    return (element as unknown as Record<string, unknown>)[what.slice(1)];
  }

  const parse = (markup: string): Document =>
    (Document as unknown as { parseHTMLUnsafe(markup: string): Document }).parseHTMLUnsafe(markup);

  async function one(job: Job): Promise<Seen> {
    const frame = document.createElement('iframe');
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.src = job.path;
    document.body.append(frame);
    await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, 60_000))]);
    const view = frame.contentWindow as Window;
    const residue: string[] = [];
    const reads: Record<string, unknown> = {};
    const doc = view.document;
    const structure = describe(doc, residue);
    for (const key of job.reads) reads[key] = readOne(view, doc, key);
    const fired = (view as unknown as { fired?: number }).fired ?? 0;
    frame.remove();
    if (job.like === undefined) return { structure, residue, reads, fired };
    return { structure, residue, reads, fired, like: describe(parse(job.like), []) };
  }

  const out: Seen[] = [];
  for (let start = 0; start < jobs.length; start += 25) {
    out.push(...(await Promise.all(jobs.slice(start, start + 25).map(one))));
  }
  return out;
}
