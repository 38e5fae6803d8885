import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/**
 * The change of a file as `git apply` and `patch -p1` read it; empty if nothing changed.
 *
 *     unifiedDiff('a.py', 'x = 1\n', 'x = 2\n')
 *     // --- a/a.py
 *     // +++ b/a.py
 *     // @@ -1,1 +1,1 @@
 *     // -x = 1
 *     // +x = 2
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
