import { html, type LateHtml, type SafeHtml } from 'bulwark/html';

/** A page with a script of its own, which gets the nonce of the response by itself. */
export function greeting(name: string): SafeHtml {
  return html`<!doctype html>
    <title>Hello</title>
    <h1>Hello ${name}</h1>
    <script>document.title = ${name};</script>`;
}

/** A page whose rows are sent as they arrive. */
export function report(rows: AsyncIterable<string>): LateHtml {
  return html`<!doctype html>
    <title>Report</title>
    <ul>${items(rows)}</ul>`;
}

async function* items(rows: AsyncIterable<string>): AsyncGenerator<SafeHtml> {
  for await (const row of rows) yield html`<li>${row}</li>`;
}
