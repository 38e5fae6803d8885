import { failure } from '../failure.ts';

/** What Playwright's and Puppeteer's pages have in common. */
export interface BrowserPage {
  goto(url: string): Promise<unknown>;
  evaluate(script: string): Promise<unknown>;
}

/**
 * What asked to run when a real browser read the markup: the page's own reports that a Content-Security-Policy stopped it
 * (CSP Level 3, 5.5). Nothing runs, and nothing is loaded or followed, so that it need not be known what a payload does.
 *
 * It is read into a frame, where `frame-src 'none'` stops what would lead it elsewhere. Behind the markup comes a script of
 * ours: that it was reported shows that reports arrive, and that they were waited for.
 */
export async function ranInPage(
  page: BrowserPage,
  markup: string,
  nonce?: string,
): Promise<readonly string[]> {
  await page.goto('about:blank');
  // What markup cannot know: a script that began as the marker does would pass for it.
  const end = `bulwark-end-${crypto.randomUUID().slice(0, 13)}`;
  const call = `(${inPage})(${[markup, nonce ?? null, end].map(asLiteral).join()})`;
  const reported = (await page.evaluate(call)) as readonly string[] | null;
  if (!reported) {
    throw failure('This test proves nothing: the browser reported nothing.', {
      'what to do': 'pass a page of Playwright or Puppeteer that runs Chromium',
    });
  }
  return reported;
}

const asLiteral = (value: unknown): string =>
  JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** As text: what a test runner or a bundler makes of a function does not run in a page. */
const inPage = `async (markup, nonce, end) => {
  // A relative URL is one that is loaded. Nothing listens there, and nothing is asked.
  const base = document.createElement('base');
  base.href = 'http://127.0.0.1:9/';
  document.head.append(base);
  const own = nonce === null ? "'none'" : "'nonce-" + nonce + "'";
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
    "frame-src 'none'; script-src " + own + " 'report-sample'";
  document.head.append(policy);
  const reports = [];

  const read = async (markup, depth) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentDocument;
    let ended;
    const seen = new Promise((resolve) => { ended = resolve; });
    // What leads the frame elsewhere ends up at an error of the browser, in place of what was read.
    frame.addEventListener('load', () => { if (frame.contentDocument !== inner) ended(true); });
    inner.open();
    frame.contentWindow.addEventListener('securitypolicyviolation', (event) => {
      const directive = event.effectiveDirective;
      if (event.sample.startsWith(end)) return ended(true);
      if (directive.startsWith('script-src')) reports.push(directive + ' ' + event.blockedURI + ' ' + event.sample);
      if (directive === 'base-uri' || directive === 'object-src') reports.push(directive + ' ' + event.blockedURI);
    }, true);
    inner.write(markup);
    inner.close();
    // Followed only once somebody clicks, and so reported by nobody. Attributes: a field may be called 'action'.
    for (const element of inner.querySelectorAll('a,area,form,button,input')) {
      for (const name of ['href', 'xlink:href', 'action', 'formaction']) {
        const url = element.getAttribute(name) ?? '';
        const scheme = URL.canParse(url, base.href) ? new URL(url, base.href).protocol : '';
        if (scheme === 'javascript:' || scheme === 'vbscript:') reports.push('link ' + url);
      }
    }
    // The policy stops it as it stops every frame, and may say so late.
    for (const element of inner.querySelectorAll('iframe,frame')) {
      const url = element.getAttribute('src') ?? '';
      if (URL.canParse(url) && new URL(url).protocol === 'data:') reports.push('frame ' + url);
    }
    // A document of its own reports to itself.
    const documents = [...inner.querySelectorAll('iframe[srcdoc]')].map((nested) => nested.srcdoc);
    // What loads is reported after what was read.
    await new Promise((resolve) => setTimeout(resolve));
    const last = inner.createElement('script');
    last.textContent = end;
    inner.documentElement?.append(last);
    const arrived = await Promise.race([seen, new Promise((resolve) => setTimeout(resolve, 5000, false))]);
    frame.remove();
    if (!arrived) return false;
    for (const nested of depth < 5 ? documents : []) if (!(await read(nested, depth + 1))) return false;
    return true;
  };
  return (await read(markup, 0)) ? reports : null;
}`;
