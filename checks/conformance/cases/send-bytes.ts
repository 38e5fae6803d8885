import type { Answer } from '../client/read-answers.ts';
import type { Site } from '../client/site.ts';

/** The answers to these bytes, by the time that the server has closed the connection. */
export async function send(site: Site, text: string, method = 'GET'): Promise<readonly Answer[]> {
  const connection = await site.connect();
  return connection.write(text, method).ended();
}

/** The head of a request. */
export const head = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n\r\n`;
