export interface RedirectAttack {
  readonly payload: string;
  /** Why it matters, or where it comes from. */
  readonly because: string;
  /** False where no browser leaves the site by it: something on the way would have to decode it first. */
  readonly leaves?: false;
}

/**
 * Redirect targets that lead to `evil.example`, run script, or split the response. CWE-601, CWE-113. From
 * PayloadsAllTheThings, the OWASP cheat sheet on unvalidated redirects, and the advisories that are named. December 2026.
 */
export const redirectAttacks: readonly RedirectAttack[] = [
  { payload: '//evil.example', because: 'a URL without its scheme; CVE-2026-40181 (React Router)' },
  { payload: '///evil.example', because: 'browsers skip further slashes' },
  { payload: '////evil.example/%2f..', because: 'CVE-2015-1164 (serve-static)' },
  {
    payload: '/\\evil.example',
    because: 'a backslash is a slash in http URLs; CVE-2025-68470 and its bypasses (React Router)',
  },
  { payload: '\\\\evil.example', because: 'two of them' },
  { payload: '\\/evil.example', because: 'one of each' },
  { payload: '/\\/evil.example', because: 'three' },
  { payload: '/\t/evil.example', because: 'the URL standard strips tabs' },
  { payload: '/\n/evil.example', because: 'and line feeds' },
  { payload: '/\r/evil.example', because: 'and carriage returns' },
  { payload: '\t//evil.example', because: 'in front too' },
  { payload: ' //evil.example', because: 'leading spaces are trimmed' },
  { payload: '\u0001//evil.example', because: 'leading control characters are trimmed' },
  {
    payload: '/.//evil.example',
    because: 'what is left once dots are resolved',
    leaves: false,
  },
  { payload: '/..//evil.example', because: 'the same with two dots', leaves: false },
  { payload: '/a/..//evil.example', because: 'the same behind a segment', leaves: false },
  { payload: '/%2e%2e//evil.example', because: 'dots may be encoded', leaves: false },
  { payload: '/.\\\\evil.example', because: 'dots and backslashes', leaves: false },
  { payload: '/%2fevil.example', because: 'two slashes once it is decoded', leaves: false },
  { payload: '/%5cevil.example', because: 'a backslash once it is decoded', leaves: false },
  { payload: '/%252fevil.example', because: 'decoded twice', leaves: false },
  { payload: '/%25252fevil.example', because: 'decoded three times', leaves: false },
  {
    payload: '/%09/evil.example',
    because: 'a tab once it is decoded; the filters of many reports',
    leaves: false,
  },
  {
    payload: '/%0d%0aLocation:%20//evil.example',
    because: 'splits the response where a proxy decodes it, CWE-113',
    leaves: false,
  },
  { payload: '/x%0d%0aSet-Cookie:%20a=b', because: 'the same for a cookie', leaves: false },
  { payload: '/x\r\nSet-Cookie: a=b', because: 'the same, plain', leaves: false },
  { payload: '/\uff0fevil.example', because: 'a full-width slash, which NFKC makes a slash', leaves: false },
  { payload: '/\uff3cevil.example', because: 'a full-width backslash', leaves: false },
  { payload: '/%ef%bc%8fevil.example', because: 'an encoded full-width slash', leaves: false },
  { payload: '/\0/evil.example', because: 'a null byte, which some servers strip', leaves: false },
  { payload: '/%ef%bc%8f%ffevil.example', because: 'the same before a malformed sequence', leaves: false },
  {
    payload: '/./%5cevil.example',
    because: 'a backslash behind dots that are resolved before it is decoded',
    leaves: false,
  },
  { payload: '%2f%2fevil.example', because: 'no path; encoded slashes', leaves: false },
  {
    payload: 'https:evil.example',
    because: 'https without slashes, from an https page a relative URL, from an http page a host',
  },
  { payload: 'http:evil.example', because: 'the same for http', leaves: false },
  { payload: 'https:/evil.example', because: 'one slash' },
  { payload: 'https:\\\\evil.example', because: 'backslashes' },
  { payload: 'https://evil.example', because: 'just another site' },
  { payload: 'HTTPS://EVIL.EXAMPLE', because: 'in capitals' },
  { payload: 'ht\ntps://evil.example', because: 'a line feed in the scheme' },
  { payload: 'https://shop.example.com@evil.example', because: 'the name in front is a user' },
  { payload: 'https://shop.example.com:x@evil.example', because: 'with a password' },
  {
    payload: 'https://evil.example\\@shop.example.com',
    because: 'CVE-2024-29041 (Express): parsers disagree about backslashes',
  },
  { payload: 'https://evil.example#@shop.example.com', because: 'the fragment begins early' },
  { payload: 'https://evil.example?shop.example.com', because: 'the query begins early' },
  { payload: 'https://shop.example.com.evil.example', because: 'a check by prefix' },
  { payload: 'https://evil.example/shop.example.com', because: 'a check by substring' },
  { payload: 'https://evil\u3002example', because: 'an ideographic full stop is a dot in a host' },
  { payload: '//evil\u3002example', because: 'the same without scheme' },
  { payload: '//\uff45vil.example', because: 'full-width letters are letters in a host' },
  { payload: 'javascript:alert(1)', because: 'script where a client-side router follows it', leaves: false },
  { payload: 'java\tscript:alert(1)', because: 'with a tab', leaves: false },
  { payload: '\u0000javascript:alert(1)', because: 'with a null byte in front', leaves: false },
  {
    payload: 'JaVaScRiPt://shop.example.com/%0aalert(1)',
    because: 'with a comment that looks like a host',
    leaves: false,
  },
  { payload: 'data:text/html,<script>alert(1)</script>', because: 'a page of the attacker', leaves: false },
  { payload: 'vbscript:msgbox(1)', because: 'script of old browsers', leaves: false },
  { payload: 'file:///etc/passwd', because: 'followed by clients that are no browsers', leaves: false },
  { payload: 'blob:https://evil.example/1', because: 'a page of the attacker', leaves: false },
  { payload: 'evil.example', because: 'no path; some frameworks put a scheme in front', leaves: false },
  { payload: '.evil.example', because: 'becomes a suffix where an origin is put in front', leaves: false },
  { payload: '@evil.example', because: 'turns the origin in front into a user', leaves: false },
  { payload: ':80@evil.example', because: 'the same with a port', leaves: false },
  { payload: '?next=//evil.example', because: 'no path', leaves: false },
  { payload: '#//evil.example', because: 'no path', leaves: false },
];
