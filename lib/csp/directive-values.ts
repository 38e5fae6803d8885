/** What stands behind the name of a directive: the form of each value, and how many there are. */
export interface DirectiveValues {
  readonly form: RegExp;
  readonly least: number;
  readonly most: number;
  /** The same in words. */
  readonly takes: string;
}

/** The lengths are those of the hashes in base64: one that was cut short fits no script. */
const hash = 'sha256-[\\w+/-]{43}=|sha384-[\\w+/-]{64}|sha512-[\\w+/-]{86}==';
const always = 'self|none';
const styles = `${always}|nonce|unsafe-(?:inline|eval|hashes)|report-sample`;
const scripts = `${styles}|strict-dynamic|(?:wasm-unsafe|trusted-types)-eval|report-sha(?:256|384|512)|inline-speculation-rules`;

/**
 * A scheme, or a host as CSP3 has it (2.3.1): no user, no query, stars only where they stand here. An underscore is in no
 * name of the standard's, but in some that there are, and browsers take it. A keyword without its quotes is meant as one.
 */
const place =
  `(?!(?:${scripts}|(?:nonce|sha\\d+)-[^.]*)$)` +
  '(?:[a-z][a-z0-9+.-]*:|(?:[a-z][a-z0-9+.-]*://)?(?:\\*|(?:\\*\\.)?[\\w-]+(?:\\.[\\w-]+)*\\.?)' +
  "(?::(?:\\d{1,5}|\\*))?(?:/[\\w.~:@!$&'()*+=%/-]*)?)";
const places = 'schemes (https:), hosts (https://*.example.com:8443/path/, without a query)';

function of(form: string, takes: string, least = 0, most = 1_000): DirectiveValues {
  return Object.freeze({ form: new RegExp(`^(?:${form})$`, 'i'), least, most, takes });
}

const ofPlaces = of(`${place}|'(?:${always})'`, `${places}, 'self' and 'none'`);
const ofStyles = of(
  `${place}|'(?:${styles}|${hash})'`,
  `${places}, 'self', 'none', 'nonce', hashes and the other keywords for styles`,
);
const ofScripts = of(
  `${place}|'(?:${scripts}|${hash})'`,
  `${places}, 'self', 'none', 'nonce', 'strict-dynamic', hashes and the other keywords for scripts`,
);

const others: ReadonlyMap<string, DirectiveValues> = new Map([
  ['require-trusted-types-for', of("'script'", "'script' and nothing else", 1, 1)],
  // https://www.w3.org/TR/trusted-types/#trusted-types-csp-directive
  [
    'trusted-types',
    of(
      "(?!(?:none|allow-duplicates)$)[\\w#=/@.%-]+|\\*|'none'|'allow-duplicates'",
      "names of policies, *, 'none' and 'allow-duplicates'",
    ),
  ],
  [
    'sandbox',
    of(
      'allow-(?:downloads|forms|modals|orientation-lock|pointer-lock|popups(?:-to-escape-sandbox)?|presentation|same-origin|' +
        'same-site-none-cookies|scripts|storage-access-by-user-activation|' +
        'top-navigation(?:-by-user-activation|-to-custom-protocols)?)',
      'words such as allow-scripts and allow-forms',
    ),
  ],
  [
    'report-uri',
    of('(?:/|https?://(?=[\\w[]))[\\w.~:/?#[\\]@!$&()*+=%-]*', "paths such as '/csp-reports', and URLs", 1),
  ],
  ['report-to', of('[\\w.-]+', 'the name of one endpoint', 1, 1)],
  ['webrtc', of("'(?:allow|block)'", "'allow' or 'block'", 1, 1)],
  ...['upgrade-insecure-requests', 'block-all-mixed-content'].map(
    (name) => [name, of('(?!)', 'an empty list', 0, 0)] as const,
  ),
]);

/** What a directive takes: of keywords those only that browsers heed in it. */
export function valuesOf(name: string): DirectiveValues {
  const kind = /^(?:default|script|style)(?=-src)/.exec(name)?.[0];
  if (kind !== undefined) return kind === 'style' ? ofStyles : ofScripts;
  return others.get(name) ?? ofPlaces;
}
