import type { SvgValue } from './svg-value.ts';
import * as value from './svg-value.ts';

const { keywords, measure, numbers, paint, local } = value;
const line = keywords('none inherit');

/**
 * Presentation attributes, which are properties of CSS too: the same values are allowed in `style`. Not among them:
 * `filter` and `cursor`, which load, `pointer-events`, and all that animates.
 */
export const presentation: ReadonlyMap<string, SvgValue> = new Map<string, SvgValue>([
  ['clip-path', local],
  ['clip-rule', keywords('nonzero evenodd inherit')],
  ['color', paint],
  ['display', keywords('none inline inherit')],
  [
    'dominant-baseline',
    keywords('auto middle central hanging alphabetic text-before-edge text-after-edge mathematical'),
  ],
  ['fill', paint],
  ['fill-opacity', value.opacity],
  ['fill-rule', keywords('nonzero evenodd inherit')],
  ['font-family', value.fonts],
  ['font-size', value.fontSize],
  ['font-style', keywords('normal italic oblique')],
  ['font-weight', keywords('normal bold bolder lighter 100 200 300 400 500 600 700 800 900')],
  ['letter-spacing', measure],
  ['marker-end', local],
  ['marker-mid', local],
  ['marker-start', local],
  ['mask', local],
  ['mask-type', keywords('alpha luminance')],
  ['opacity', value.opacity],
  ['paint-order', keywords('normal fill stroke markers')],
  ['shape-rendering', keywords('auto optimizeSpeed crispEdges geometricPrecision')],
  ['stop-color', paint],
  ['stop-opacity', value.opacity],
  ['stroke', paint],
  ['stroke-dasharray', (given, names) => line(given, names) ?? measure(given, names)],
  ['stroke-dashoffset', measure],
  ['stroke-linecap', keywords('butt round square inherit')],
  ['stroke-linejoin', keywords('miter round bevel inherit')],
  ['stroke-miterlimit', measure],
  ['stroke-opacity', value.opacity],
  ['stroke-width', measure],
  ['text-anchor', keywords('start middle end inherit')],
  ['text-decoration', keywords('none underline overline line-through')],
  ['vector-effect', keywords('none non-scaling-stroke')],
  ['visibility', keywords('visible hidden')],
  ['word-spacing', measure],
]);

/** On every element of a picture. */
export const common: ReadonlyMap<string, SvgValue> = new Map<string, SvgValue>([
  ['aria-hidden', keywords('true false')],
  ['aria-label', value.text],
  ['aria-labelledby', value.ids],
  ['id', value.id],
  ['role', keywords('img presentation none')],
  ['transform', value.transform],
]);

const units = keywords('userSpaceOnUse objectBoundingBox');
const ratio: SvgValue = (given) =>
  /^(?:none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max)(?: (?:meet|slice))?)$/.test(given) ? given : undefined;
const of = (names: string, more: Record<string, SvgValue> = {}): ReadonlyMap<string, SvgValue> =>
  new Map([
    ...names.split(' ').flatMap((name): [string, SvgValue][] => (name === '' ? [] : [[name, measure]])),
    ...Object.entries(more),
  ]);
const view = { viewBox: numbers, preserveAspectRatio: ratio };
const gradient = {
  gradientUnits: units,
  gradientTransform: value.transform,
  spreadMethod: keywords('pad reflect repeat'),
  href: value.href('paint'),
};

/** Every element that a picture can have, in SVG's own spelling, with the attributes that are its own. */
export const svgTags: ReadonlyMap<string, ReadonlyMap<string, SvgValue>> = new Map([
  ['circle', of('cx cy r')],
  ['clipPath', of('', { clipPathUnits: units })],
  ['defs', of('')],
  ['desc', of('')],
  ['ellipse', of('cx cy rx ry')],
  ['g', of('')],
  ['line', of('x1 x2 y1 y2')],
  ['linearGradient', of('x1 x2 y1 y2', gradient)],
  [
    'marker',
    of('markerHeight markerWidth refX refY', {
      ...view,
      markerUnits: keywords('userSpaceOnUse strokeWidth'),
      orient: (given) =>
        given === 'auto' || given === 'auto-start-reverse' ? given : measure(given, nobody),
    }),
  ],
  ['mask', of('height width x y', { maskContentUnits: units, maskUnits: units })],
  ['path', of('pathLength', { d: value.path })],
  [
    'pattern',
    of('height width x y', {
      ...view,
      patternContentUnits: units,
      patternTransform: value.transform,
      patternUnits: units,
    }),
  ],
  ['polygon', of('', { points: numbers })],
  ['polyline', of('', { points: numbers })],
  ['radialGradient', of('cx cy fr fx fy r', gradient)],
  ['rect', of('height rx ry width x y')],
  ['stop', of('offset')],
  ['svg', of('height width x y', { ...view, xmlns: value.namespace, version: keywords('1.0 1.1 2.0') })],
  ['symbol', of('height width x y', view)],
  ['text', of('dx dy rotate textLength x y', { lengthAdjust: keywords('spacing spacingAndGlyphs') })],
  ['title', of('')],
  ['tspan', of('dx dy rotate textLength x y', { lengthAdjust: keywords('spacing spacingAndGlyphs') })],
  ['use', of('height width x y', { href: value.href('use') })],
]);

const nobody: value.SvgNames = { reference: () => undefined, id: () => undefined };

/** Text stands in these; elsewhere only white space does. */
export const textTags: ReadonlySet<string> = new Set(['desc', 'text', 'title', 'tspan']);
/** In an HTML page these are where HTML begins again, so they hold text and nothing else. */
export const leafTags: ReadonlySet<string> = new Set(['desc', 'title']);
/** What is drawn wherever it is named: a name in one of these leads to a gradient or nowhere. */
export const drawnElsewhere: ReadonlySet<string> = new Set(['clipPath', 'marker', 'mask', 'pattern']);
