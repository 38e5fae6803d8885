/**
 * Patterns on which a backtracking engine takes exponential or polynomial time, with an input on which it does. Sources: OWASP's page on ReDoS,
 * the advisories named, and the classes of Davis et al., "The impact of regular expression denial of service in practice" (2018).
 */
interface CostlyPattern {
  readonly name: string;
  readonly pattern: string;
  /** Repeated, and followed by `end`. */
  readonly unit: string;
  readonly end: string;
  readonly flags?: string;
}

const a = (name: string, pattern: string, end = '!'): CostlyPattern => ({ name, pattern, unit: 'a', end });

export const costlyPatterns: readonly CostlyPattern[] = [
  a('OWASP', '^(a+)+$'),
  a('OWASP', '^([a-zA-Z]+)*$'),
  a('OWASP', '^(a|aa)+$'),
  a('OWASP', '^(a|a?)+$'),
  a('OWASP', '^(.*a){20}$', '!\n'),
  a('OWASP, Java Classname', '^(([a-z])+.)+[A-Z]([a-z])+$'),
  a(
    'OWASP, email',
    '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$',
  ),
  a('nested quantifiers', '^(a*)*$'),
  a('nested quantifiers', '^((a+)+)+$'),
  a('nested quantifiers', '^(a+){2,}$'),
  a('nested quantifiers', '^(?:(?:a+)?)+$'),
  a('nested quantifiers', '^(?:a{1,30}){1,15}$'),
  a('nested quantifiers, lazy', '^(a+?)+?$'),
  a('overlapping alternatives', '^(a|a)*$'),
  a('overlapping alternatives', '^(?:a|b|ab|a)*$'),
  a('overlapping alternatives', '^(\\w|\\d|a)+$'),
  a('overlapping alternatives', '^(?:.|[^b])*$', '\n'),
  a('overlapping alternatives', '(?:a|a|a|a|a)*b'),
  a('adjacent quantifiers', 'a*a*a*a*a*a*a*b'),
  a('adjacent quantifiers', '^a+a+a+a+a+$'),
  a('adjacent quantifiers', '(x+x+)+y'),
  a('adjacent quantifiers', '.*.*=.*'),
  a('adjacent quantifiers', '(.*)(.*)(.*)(.*)(.*)(.*)[^a]$', 'a'),
  a('optional repeated', '^(?:a?){50}a{50}b'),
  a('counted', '^(a{0,50}){0,9}$'),
  {
    name: 'Cloudflare, 2 July 2019',
    pattern:
      '(?:(?:"|\'|\\]|\\}|\\\\|\\d|(?:nan|infinity|true|false|null|undefined|symbol|math)|`|-|\\+)+[)]*;?((?:\\s|-|~|!|\\{\\}|\\|\\||\\+)*.*(?:.*=.*)))',
    unit: 'x=',
    end: '',
  },
  { name: 'Stack Overflow, 20 July 2016', pattern: '^[\\s\\u200c]+|[\\s\\u200c]+$', unit: ' ', end: 'a' },
  {
    name: 'ms CVE-2015-8315',
    pattern: '^((?:\\d+)?\\.?\\d+) *(ms|seconds?|minutes?|hours?|days?|years?)?$',
    unit: '5',
    end: ' minutea',
  },
  {
    name: 'moment CVE-2017-18214',
    pattern: "[0-9]*['a-z\\u00A0-\\u05FF]+|[\\u0600-\\u06FF/]+(\\s*?[\\u0600-\\u06FF]+){1,2}",
    unit: '1',
    end: '!',
  },
  { name: 'marked CVE-2017-16114', pattern: '^(`+)\\s*([\\s\\S]*?[^`])\\s*(`+)(b)', unit: ' ', end: '' },
  {
    name: 'ua-parser-js CVE-2020-7733',
    flags: 'i',
    pattern: '(redmi[-\\s]?(?:note|k)?(?:[\\w\\s]*)?)+ bui',
    unit: 'redmi ',
    end: '!',
  },
  { name: 'cross-spawn CVE-2024-21538', pattern: '(\\\\*)$', unit: '\\', end: 'a' },
  { name: 'semver CVE-2022-25883', pattern: '(\\s*)([><=]+)(\\s*)', unit: ' ', end: 'a' },
  { name: 'minimatch CVE-2022-3517', pattern: '(\\{\\})+(\\{[^}]*)+\\}$', unit: '{', end: 'a' },
  { name: 'path-to-regexp CVE-2024-45296', pattern: '^/([^/]+?)-([^/]+?)/?$', unit: 'a-', end: '/a' },
  {
    name: 'ansi-regex CVE-2021-3807',
    pattern: '[\\u001b\\u009b][\\[\\]()#;?]*(?:[0-9]{1,4}(?:;[0-9]{0,4})*)?[0-9A-PR-TZcf-ntqry=><~]',
    unit: '\u001b[',
    end: '',
  },
  { name: 'a trimmed end', pattern: '\\s+$', unit: ' ', end: 'a' },
  { name: 'an HTML comment', pattern: '<!--[\\s\\S]*?-->', unit: '<!--', end: '' },
  { name: 'a quoted string', pattern: '"(?:[^"\\\\]|\\\\.)*"', unit: '\\"', end: '' },
  {
    name: 'a URL',
    pattern: '^(https?://)?([\\da-z.-]+)\\.([a-z.]{2,6})([/\\w .-]*)*/?$',
    unit: 'a.aa/',
    end: '!',
  },
  { name: 'a number list', pattern: '^(\\d+,?)+$', unit: '1', end: '!' },
  { name: 'a name', pattern: '^([A-Z]?[a-z]* ?)+$', unit: 'a', end: '!' },
];
