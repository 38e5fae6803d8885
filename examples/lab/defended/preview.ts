import { createFetch } from 'bulwark/fetch';
import type { Preview } from '../model.ts';

const fetch = createFetch({ hosts: 'public', maxBytes: 1_000_000, timeoutMs: 5_000 });

/** Fetches a page that a user linked to, and shows its title and its first words. */
export async function preview(url: string): Promise<Preview> {
  const response = await fetch(url);
  const body = (await response.text()).slice(0, 20_000);
  return {
    url,
    status: response.status,
    title: /<title>([^<]{1,200})/i.exec(body)?.[1] ?? url,
    excerpt: body.replace(/<[^>]{1,1000}>/g, ' ').slice(0, 500),
  };
}
