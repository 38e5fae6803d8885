import type { Confidence } from '../../../finding/finding.ts';

export interface Loaded {
  readonly kind: 'taken over' | 'unhashed';
  readonly confidence: Confidence;
  readonly host: string;
}

/** Domains whose new owners have sent other scripts than they should. */
const takenOver: RegExp =
  /(^|\.)(polyfill\.(io|com)|bootcss\.com|bootcdn\.net|staticfile\.(net|org)|unionadjs\.com|xhsbpza\.com|newcrbpc\.com|macoms\.la)$/;

/** Public networks whose files stay what they are under one address. */
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

/** They take `vue@3` for the newest one of it. */
const ofRanges: RegExp = /(^|\.)(jsdelivr\.net|unpkg\.com|skypack\.dev)$/;

/** Who answers for an address, and whether its file stays what it is, so that a hash can be given. */
export function loadedFrom(url: string): Loaded | undefined {
  const [, host = '', path = ''] = /^(?:https?:)?\/\/([\w.-]+)(?::\d+)?(\/[^?#]*)?/i.exec(url) ?? [];
  const name = host.toLowerCase();
  if (takenOver.test(name)) return { kind: 'taken over', confidence: 'high', host: name };
  if (!networks.has(name)) return undefined;
  const isFixed = (ofRanges.test(name) ? /[@/.-]v?\d+\.\d+\.\d+/ : /[@/.-]v?\d+\.\d+/).test(path);
  return { kind: 'unhashed', confidence: isFixed ? 'medium' : 'low', host: name };
}
