import { createFetch } from 'bulwark/fetch';

const fetch = createFetch({
  name: 'preview',
  hosts: 'public',
  methods: ['GET'],
  contentTypes: ['text/html'],
  maxBytes: 500_000,
});

/** The title of a page on the public internet. Any other address is a Refusal. */
export async function titleOf(url: string): Promise<string | undefined> {
  const page = await (await fetch(url)).text();
  return /<title[^<>]{0,100}>([^<]{0,300})/i.exec(page)?.[1]?.trim();
}
