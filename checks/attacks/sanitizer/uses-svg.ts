import type { Use } from './case.ts';

const root = 'xmlns="http://www.w3.org/2000/svg"';
const use = (cases: Record<string, string | [string, string]>): Use[] =>
  Object.entries(cases).map(([name, given]) => {
    const id = `svg: ${name}`;
    return typeof given === 'string'
      ? { id, preset: 'svg', markup: given }
      : { id, preset: 'svg', markup: given[0], want: given[1] };
  });

export const svgUses: readonly Use[] = use({
  Feather: [
    `<svg ${root} width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" class="feather feather-x"><line x1="18" y1="6" x2="6" y2="18"/><polyline points="1 2 3 4"/></svg>`,
    `<svg ${root} width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><line x1="18" y1="6" x2="6" y2="18"/><polyline points="1 2 3 4"/></svg>`,
  ],
  Material: `<svg ${root} height="24px" viewBox="0 -960 960 960" width="24px" fill="#5f6368"><path d="M480-480q-66 0-113-47t-47-113Z"/></svg>`,
  'Font Awesome': `<svg ${root} viewBox="0 0 512 512"><path fill="currentColor" d="M0 0h512v512H0z"/></svg>`,
  Bootstrap: [
    `<svg ${root} width="16" height="16" fill="currentColor" class="bi bi-a" viewBox="0 0 16 16"><path fill-rule="evenodd" clip-rule="evenodd" d="M1 1z"/></svg>`,
    `<svg ${root} width="16" height="16" fill="currentColor" viewBox="0 0 16 16"><path fill-rule="evenodd" clip-rule="evenodd" d="M1 1z"/></svg>`,
  ],
  Heroicons: `<svg ${root} fill="none" viewBox="0 0 24 24" stroke-width="1.5" stroke="currentColor"><path stroke-linecap="round" stroke-linejoin="round" d="M4.5 12.75l6 6 9-13.5"/></svg>`,
  'linear gradient': [
    `<svg ${root} viewBox="0 0 9 9"><defs><linearGradient id="a" x1="0%" y1="0" x2="1" y2="1" gradientUnits="userSpaceOnUse" gradientTransform="rotate(45)"><stop offset="0" stop-color="#f00"/><stop offset="100%" stop-color="#00f" stop-opacity=".5"/></linearGradient></defs><rect width="9" height="9" fill="url(#a)"/></svg>`,
    `<svg ${root} viewBox="0 0 9 9"><defs><linearGradient id="svg-a" x1="0%" y1="0" x2="1" y2="1" gradientUnits="userSpaceOnUse" gradientTransform="rotate(45)"><stop offset="0" stop-color="#f00"/><stop offset="100%" stop-color="#00f" stop-opacity=".5"/></linearGradient></defs><rect width="9" height="9" fill="url(#svg-a)"/></svg>`,
  ],
  'gradient from a gradient, as Inkscape writes it': [
    `<svg ${root} xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"><defs><linearGradient id="l1"><stop offset="0" style="stop-color:#ff0000;stop-opacity:1"/></linearGradient><radialGradient id="r1" xlink:href="#l1" cx="4" cy="4" r="4" fx="4" fy="4" spreadMethod="pad"/></defs><circle cx="4" cy="4" r="4" style="fill:url(#r1);stroke:none"/></svg>`,
    `<svg ${root} viewBox="0 0 9 9"><defs><linearGradient id="svg-l1"><stop offset="0" style="stop-color: #ff0000; stop-opacity: 1"/></linearGradient><radialGradient id="svg-r1" href="#svg-l1" cx="4" cy="4" r="4" fx="4" fy="4" spreadMethod="pad"/></defs><circle cx="4" cy="4" r="4" style="fill: url(#svg-r1); stroke: none"/></svg>`,
  ],
  'Inkscape with its own names': [
    `<?xml version="1.0" encoding="UTF-8" standalone="no"?><!-- Created with Inkscape --><svg xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sodipodi="x" xmlns:inkscape="y" ${root} width="9mm" height="9mm" viewBox="0 0 9 9" version="1.1" id="svg8" inkscape:version="1.0"><sodipodi:namedview id="base" pagecolor="#fff"/><metadata id="m"><dc:title>x</dc:title></metadata><g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1" transform="translate(1,2)"><path style="fill:none;stroke:#000000;stroke-width:0.26px;stroke-linecap:butt;stroke-opacity:1" d="m 1,1 2,2" id="path1" inkscape:connector-curvature="0"/></g></svg>`,
    `<svg ${root} width="9mm" height="9mm" viewBox="0 0 9 9" version="1.1" id="svg-svg8"><g id="svg-layer1" transform="translate(1,2)"><path style="fill: none; stroke: #000000; stroke-width: 0.26px; stroke-linecap: butt; stroke-opacity: 1" d="m 1,1 2,2" id="svg-path1"/></g></svg>`,
  ],
  'Illustrator with a style sheet': [
    `<?xml version="1.0" encoding="utf-8"?><!-- Generator: Adobe Illustrator --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg version="1.1" id="Layer_1" ${root} xmlns:xlink="http://www.w3.org/1999/xlink" x="0px" y="0px" viewBox="0 0 9 9" style="enable-background:new 0 0 9 9;" xml:space="preserve"><style type="text/css">.st0{fill:#FFF;}</style><g><polygon class="st0" points="1,1 2,2 3,1"/></g></svg>`,
    `<svg version="1.1" id="svg-Layer_1" ${root} x="0px" y="0px" viewBox="0 0 9 9"><g><polygon points="1,1 2,2 3,1"/></g></svg>`,
  ],
  'Figma with clip and mask': [
    `<svg width="9" height="9" viewBox="0 0 9 9" fill="none" ${root}><g clip-path="url(#clip0_1_2)"><mask id="mask0_1_2" style="mask-type:alpha" maskUnits="userSpaceOnUse" x="0" y="0" width="9" height="9"><rect width="9" height="9" fill="#D9D9D9"/></mask><g mask="url(#mask0_1_2)"><path d="M1 1z" fill="#1C1B1F"/></g></g><defs><clipPath id="clip0_1_2"><rect width="9" height="9" fill="white"/></clipPath></defs></svg>`,
    `<svg width="9" height="9" viewBox="0 0 9 9" fill="none" ${root}><g clip-path="url(#svg-clip0_1_2)"><mask id="svg-mask0_1_2" style="mask-type: alpha" maskUnits="userSpaceOnUse" x="0" y="0" width="9" height="9"><rect width="9" height="9" fill="#D9D9D9"/></mask><g mask="url(#svg-mask0_1_2)"><path d="M1 1z" fill="#1C1B1F"/></g></g><defs><clipPath id="svg-clip0_1_2"><rect width="9" height="9" fill="white"/></clipPath></defs></svg>`,
  ],
  'use of a symbol': [
    `<svg ${root} xmlns:xlink="http://www.w3.org/1999/xlink"><symbol id="s" viewBox="0 0 9 9"><path d="M0 0h9"/></symbol><use xlink:href="#s" x="1" y="2" width="9" height="9"/><use href="#s"/></svg>`,
    `<svg ${root}><symbol id="svg-s" viewBox="0 0 9 9"><path d="M0 0h9"/></symbol><use href="#svg-s" x="1" y="2" width="9" height="9"/><use href="#svg-s"/></svg>`,
  ],
  pattern: [
    `<svg ${root}><defs><pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><circle cx="2" cy="2" r="1"/></pattern></defs><rect width="9" height="9" fill="url(#p)" stroke="url('#p')"/></svg>`,
    `<svg ${root}><defs><pattern id="svg-p" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><circle cx="2" cy="2" r="1"/></pattern></defs><rect width="9" height="9" fill="url(#svg-p)" stroke="url(#svg-p)"/></svg>`,
  ],
  'markers of a chart': [
    `<svg ${root}><defs><marker id="arrow" markerWidth="6" markerHeight="6" refX="5" refY="3" orient="auto-start-reverse" markerUnits="strokeWidth" viewBox="0 0 6 6"><path d="M0 0L6 3L0 6z"/></marker></defs><line x1="0" y1="0" x2="9" y2="9" stroke="black" marker-end="url(#arrow)" marker-start="url(#arrow)"/></svg>`,
    `<svg ${root}><defs><marker id="svg-arrow" markerWidth="6" markerHeight="6" refX="5" refY="3" orient="auto-start-reverse" markerUnits="strokeWidth" viewBox="0 0 6 6"><path d="M0 0L6 3L0 6z"/></marker></defs><line x1="0" y1="0" x2="9" y2="9" stroke="black" marker-end="url(#svg-arrow)" marker-start="url(#svg-arrow)"/></svg>`,
  ],
  'text of a chart': `<svg ${root} viewBox="0 0 99 99"><text x="1" y="2" dx="1" dy="0.35em" text-anchor="middle" font-family="sans-serif" font-size="10" font-weight="bold" dominant-baseline="central" fill="#333" rotate="10" textLength="20" lengthAdjust="spacing">a<tspan x="2" dy="1em" fill="red">b &amp; c</tspan></text></svg>`,
  'title and description': `<svg ${root} role="img" aria-label="Logo"><title>Logo</title><desc>A &lt;b&gt; thing</desc><rect width="1" height="1"/></svg>`,
  'title by reference': [
    `<svg ${root} role="img" aria-labelledby="t d"><title id="t">T</title><desc id="d">D</desc></svg>`,
    `<svg ${root} role="img" aria-labelledby="svg-t svg-d"><title id="svg-t">T</title><desc id="svg-d">D</desc></svg>`,
  ],
  'all shapes': `<svg ${root}><rect x="1" y="1" width="2" height="2" rx="1" ry="1"/><circle cx="1" cy="1" r="1"/><ellipse cx="1" cy="1" rx="1" ry="2"/><line x1="0" y1="0" x2="1" y2="1"/><polyline points="0,0 1,1"/><polygon points="0,0 1,1 2,0"/><path d="M0 0C1 1 2 2 3 3s1 1 2 2A1 1 0 0 1 2 2Z" pathLength="10"/></svg>`,
  'stroke of all kinds': `<svg ${root}><path d="M0 0h9" stroke="#000" stroke-width="1.5" stroke-dasharray="4 2" stroke-dashoffset="1" stroke-miterlimit="10" stroke-opacity=".5" fill-opacity=".5" opacity=".9" vector-effect="non-scaling-stroke" paint-order="stroke" shape-rendering="crispEdges"/></svg>`,
  transforms: `<svg ${root}><g transform="matrix(1 0 0 1 2 3) rotate(-45 1 1) scale(-1, 1) skewX(3)"><path d="M0 0"/></g></svg>`,
  'nested svg': `<svg ${root} viewBox="0 0 9 9"><svg x="1" y="1" width="2" height="2" viewBox="0 0 1 1" preserveAspectRatio="xMidYMid meet"><rect width="1" height="1"/></svg></svg>`,
  'paint with a fallback': [
    `<svg ${root}><linearGradient id="g"><stop stop-color="red"/></linearGradient><rect width="9" height="9" fill="url(#g) #f00"/></svg>`,
    `<svg ${root}><linearGradient id="svg-g"><stop stop-color="red"/></linearGradient><rect width="9" height="9" fill="url(#svg-g) #f00"/></svg>`,
  ],
  'a filter is left out, the shape stays': [
    `<svg ${root}><defs><filter id="f"><feGaussianBlur stdDeviation="2"/></filter></defs><rect width="9" height="9" filter="url(#f)"/></svg>`,
    `<svg ${root}><defs></defs><rect width="9" height="9"/></svg>`,
  ],
  'white space and lines of an export': `<svg ${root}>\n  <g>\n    <path d="M0 0\n      L1 1"/>\n  </g>\n</svg>`,
  'colour names and functions': `<svg ${root} color="red"><rect width="1" height="1" fill="rgb(1,2,3)" stroke="hsl(1, 2%, 3%)"/><rect width="1" height="1" fill="transparent" stroke="inherit"/></svg>`,
});
