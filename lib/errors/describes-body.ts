/**
 * Whether a header describes the body that a handler meant to send. With the body of an error it would be false; a false
 * length even lets the next response be read as this one's.
 *
 * @param name in any case
 */
export function describesBody(name: string): boolean {
  return ofTheBody.has(name.toLowerCase());
}

const ofTheBody = new Set([
  ...['accept-ranges', 'age', 'content-digest', 'content-disposition', 'content-encoding'],
  ...['content-language', 'content-length', 'content-location', 'content-md5', 'content-range', 'digest'],
  ...['etag', 'expires', 'last-modified', 'link', 'location', 'pragma', 'refresh', 'repr-digest', 'trailer'],
  'transfer-encoding',
]);
