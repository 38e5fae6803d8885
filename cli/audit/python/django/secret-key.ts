const leastLength = 50;
const leastDifferent = 5;
const generated = 'django-insecure-';

/** As Django's check has it: long, of different characters, and not what `startproject` writes. */
export function isStrongKey(key: string): boolean {
  return key.length >= leastLength && differentIn(key) >= leastDifferent && !key.startsWith(generated);
}

/** Why it is not: `has 9 characters only`. */
export function weaknessOf(key: string): string {
  if (key === '') return 'is empty';
  if (key.startsWith(generated)) return `begins with ${generated}, as startproject writes it`;
  if (key.length < leastLength) return `has ${key.length} characters only`;
  return `has ${differentIn(key)} different characters only`;
}

function differentIn(key: string): number {
  return new Set(key).size;
}
