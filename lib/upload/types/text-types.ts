/**
 * Formats of plain text. They have no signature, so they are recognised only where a field names them: by the extension, and by text that fits.
 *
 * `begins` is a pattern, in either case.
 *
 * Sources: the media types of IANA, and mime-db 1.54 (read in December 2026).
 */
export const textTypes = [
  { type: 'text/plain', extensions: 'txt text log' },
  { type: 'text/csv', extensions: 'csv' },
  { type: 'text/tab-separated-values', extensions: 'tsv tab' },
  { type: 'text/markdown', extensions: 'md markdown', markup: true },
  { type: 'application/json', extensions: 'json', begins: '^[[{"0-9tfn-]' },
  { type: 'application/geo+json', extensions: 'geojson', begins: '^[{]' },
  { type: 'application/x-ndjson', extensions: 'ndjson jsonl', begins: '^[[{"0-9tfn-]' },
  { type: 'application/yaml', extensions: 'yaml yml' },
  { type: 'application/toml', extensions: 'toml' },
  { type: 'application/xml', extensions: 'xml', begins: '^<', markup: true },
  { type: 'application/gpx+xml', extensions: 'gpx', begins: '^<', markup: true },
  { type: 'application/vnd.google-earth.kml+xml', extensions: 'kml', begins: '^<', markup: true },
  { type: 'image/svg+xml', extensions: 'svg', begins: '^<', markup: true },
  { type: 'text/html', extensions: 'html htm', markup: true },
  { type: 'text/css', extensions: 'css' },
  { type: 'text/javascript', extensions: 'js mjs cjs' },
  { type: 'text/calendar', extensions: 'ics', begins: '^BEGIN:VCALENDAR' },
  { type: 'text/vcard', extensions: 'vcf', begins: '^BEGIN:VCARD' },
  { type: 'text/vtt', extensions: 'vtt', begins: '^WEBVTT' },
  { type: 'application/x-subrip', extensions: 'srt' },
] as const;
