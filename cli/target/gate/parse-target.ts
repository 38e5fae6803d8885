import { TargetMistake } from '../target-mistake.ts';

/**
 * Reads a URL that a user names. The fragment is left out.
 *
 * @throws {TargetMistake} unless it is an http or https URL without a user name
 */
export function parseTarget(text: string): URL {
  const url = /^https?:\/\/[^/?#\\]/i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '') {
    throw new TargetMistake(
      `${JSON.stringify(text.slice(0, 200))} is not an http or https URL, or contains a user name.`,
      'Requests are sent only to the URLs that you name.',
      'Pass the URL that browsers use: --url https://shop.example',
    );
  }
  url.hash = '';
  return url;
}

/**
 * Reads a host that a user allows, and returns it as `URL` writes it.
 *
 * @throws {TargetMistake} for anything but a host
 */
export function parseHost(text: string): string {
  const host = text.includes(':') && !text.startsWith('[') ? `[${text}]` : text;
  const url = `http://${host}/`;
  const isHost = /^[^/?#\\@\s*]+$/.test(host) && URL.canParse(url) && new URL(url).port === '';
  if (!isHost || /:\d*$/.test(host)) {
    throw new TargetMistake(
      `--allow-host ${JSON.stringify(text.slice(0, 200))} is not a host.`,
      'A host that is not this machine is named twice, so that a slip of the pen tests nobody else.',
      'Pass the name alone, without a port: --allow-host shop.example',
    );
  }
  return new URL(url).hostname;
}
