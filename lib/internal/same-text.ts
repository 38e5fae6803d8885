/**
 * Whether an untrusted text is the expected one, in a time that does not depend on where they differ. Without `node:crypto`, as
 * some that compare run in workers.
 */
export function sameText(untrusted: string, expected: string): boolean {
  let difference = untrusted.length ^ expected.length;
  for (let index = 0; index < expected.length; index++)
    difference |= untrusted.charCodeAt(index) ^ expected.charCodeAt(index);
  return difference === 0;
}
