import { isRefusal } from 'bulwark';
import { createFetch } from 'bulwark/fetch';

const fetch = createFetch({
  name: 'preview',
  hosts: 'public',
  methods: ['GET'],
  maxBytes: 500_000,
  contentTypes: ['text/html'],
  timeoutMs: 5_000,
});

/** The title of a public page, or undefined. The user must not learn why: that would map the network. */
export async function titleOf(url: string): Promise<string | undefined> {
  try {
    const text = await (await fetch(url)).text();
    return /<title>([^<]{0,200})/i.exec(text)?.[1];
  } catch (error) {
    if (isRefusal(error, 'fetch/*') || error instanceof TypeError) return undefined;
    throw error;
  }
}
