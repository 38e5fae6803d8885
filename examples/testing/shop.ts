import { createFetch } from 'bulwark/fetch';
import { html, render } from 'bulwark/html';
import { contains, type Database, sql } from 'bulwark/sql';

const fetch = createFetch({ hosts: 'public', maxBytes: 1_000_000, timeoutMs: 5_000 });

export function search(db: Database, q: string): Promise<unknown[]> {
  return db.all(sql`select name from products where name ilike ${contains(q)} order by name`);
}

export function searchPage(q: string, names: readonly string[]): string {
  const list = names.map((name) => html`<li>${name}</li>`);
  return render(html`<form><input name="q" value="${q}"></form><ul>${list}</ul>`);
}

export async function preview(url: string): Promise<string> {
  const response = await fetch(url);
  return (await response.text()).slice(0, 500);
}
