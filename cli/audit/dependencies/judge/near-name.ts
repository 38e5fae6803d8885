/** Whether a name becomes another one by one letter more, less, changed or swapped with its neighbour, or by other separators. */
export function isNearName(name: string, other: string): boolean {
  if (name === other || Math.abs(name.length - other.length) > 2) return false;
  if (name.replace(/[-_.]/g, '') === other.replace(/[-_.]/g, '')) return true;
  if (Math.abs(name.length - other.length) > 1) return false;
  let start = 0;
  while (start < name.length && name[start] === other[start]) start++;
  let end = 0;
  const shorter = Math.min(name.length, other.length);
  while (end < shorter - start && name.at(-1 - end) === other.at(-1 - end)) end++;
  const inName = name.slice(start, name.length - end);
  const inOther = other.slice(start, other.length - end);
  // A number at the end of a name is a version of it: `vue2`, `boto3`.
  if (/^\d*$/.test(inName) && /^\d*$/.test(inOther)) return false;
  if (inName.length <= 1 && inOther.length <= 1) return true;
  return inName.length === 2 && inOther.length === 2 && inName[0] === inOther[1] && inName[1] === inOther[0];
}
