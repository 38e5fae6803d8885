/**
 * The known cases that the scanner gets wrong, as `rule: title`. Remove a case once it is right. To add one, give the reason in
 * the change.
 */
export const knownWrong: readonly string[] = [
  'archive/zip-slip: node-tar told to keep absolute and parent paths',
  'archive/zip-slip: shutil.unpack_archive of an uploaded tar',
  'deserialize/untrusted: js-yaml 3 load on a body',
  'mail/injection: reply address in a raw message of another file, line breaks refused',
  'sql/injection: guard raises, but a suppress swallows it',
  'ssrf/request: parsed, then put together of its constant host',
  'ssrf/request: protection class with allow-listed hosts, answered by a tuple, Flask',
];
