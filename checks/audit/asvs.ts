/**
 * How many requirements each section of OWASP's ASVS 5.0.0 has, by chapter: 345 in all. Counted from
 * 5.0/docs_en/OWASP_Application_Security_Verification_Standard_5.0.0_en.csv of github.com/OWASP/ASVS at fe049861 (July 2026).
 */
const sections: readonly (readonly number[])[] = [
  [2, 10, 12, 3, 3],
  [3, 3, 5, 2],
  [1, 3, 5, 8, 8, 1, 5],
  [5, 5, 2, 4],
  [1, 6, 3, 3],
  [3, 12, 8, 6, 8, 4, 2, 4],
  [3, 4, 2, 5, 3, 2],
  [4, 4, 3, 2],
  [3, 4],
  [2, 3, 5, 16, 5, 2, 3],
  [4, 5, 5, 4, 2, 2, 2],
  [5, 2, 5],
  [4, 6, 4, 7],
  [2, 8, 3],
  [5, 5, 7, 4],
  [1, 5, 4, 3, 4],
  [2, 8, 2],
];

/** Whether ASVS 5.0 has a requirement of this number: `3.4.1`. */
export function isRequirement(id: string): boolean {
  const [, chapter, section, number] = /^([1-9]\d?)\.([1-9])\.([1-9]\d?)$/.exec(id) ?? [];
  return Number(number) <= (sections[Number(chapter) - 1]?.[Number(section) - 1] ?? 0);
}
