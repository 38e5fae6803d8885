import type { Confidence } from '../../../finding/finding.ts';

export interface Loaded {
  readonly kind: 'taken over' | 'unhashed';
  readonly confidence: Confidence;
  readonly host: string;
}

/** Domains whose new owners have served malicious scripts. */
const takenOver: RegExp =
  /(^|\.)(polyfill\.(io|com)|bootcss\.com|bootcdn\.net|staticfile\.(net|org)|unionadjs\.com|xhsbpza\.com|newcrbpc\.com|macoms\.la)$/;

/** Public CDNs whose files never change at one address. */
const networks: ReadonlySet<string> = new Set([
  'ajax.aspnetcdn.com',
  'ajax.googleapis.com',
  'ajax.microsoft.com',
  'cdn.bokeh.org',
  'cdn.ckeditor.com',
  'cdn.datatables.net',
  'cdn.jsdelivr.net',
  'cdn.plot.ly',
  'cdn.pydata.org',
  'cdn.quilljs.com',
  'cdn.rawgit.com',
  'cdn.skypack.dev',
  'cdn.socket.io',
  'cdnjs.cloudflare.com',
  'code.angularjs.org',
  'code.highcharts.com',
  'code.jquery.com',
  'd3js.org',
  'fastly.jsdelivr.net',
  'maxcdn.bootstrapcdn.com',
  'netdna.bootstrapcdn.com',
  'oss.maxcdn.com',
  'rawgit.com',
  'stackpath.bootstrapcdn.com',
  'unpkg.com',
  'use.fontawesome.com',
  'vjs.zencdn.net',
]);

/** CDNs that resolve `vue@3` to its newest version. */
const ofRanges: RegExp = /(^|\.)(jsdelivr\.net|unpkg\.com|skypack\.dev)$/;

/**
 * Judges the host of a script's URL. Undefined if the host is neither a public CDN nor a domain that was taken over.
 * For a CDN, the confidence is low if the URL pins no version, because an integrity hash would fail as soon as the file
 * changes.
 */
export function loadedFrom(url: string): Loaded | undefined {
  const [, host = '', path = ''] = /^(?:https?:)?\/\/([\w.-]+)(?::\d+)?(\/[^?#]*)?/i.exec(url) ?? [];
  const name = host.toLowerCase();
  if (takenOver.test(name)) return { kind: 'taken over', confidence: 'high', host: name };
  if (!networks.has(name)) return undefined;
  const isFixed = (ofRanges.test(name) ? /[@/.-]v?\d+\.\d+\.\d+/ : /[@/.-]v?\d+\.\d+/).test(path);
  return { kind: 'unhashed', confidence: isFixed ? 'medium' : 'low', host: name };
}
