/**
 * Packages for pages that write markup: d3 7, cash-dom 8, zepto 1, umbrellajs 3, Backbone 1, lit 2 and 3, lit-html 1 and
 * 2, mithril 2, Ember 5, AngularJS 1, sweetalert2 11, toastr 2, bootbox 6, tippy.js 6, quill 2, leaflet 1, mapbox-gl 3,
 * maplibre-gl 4, Google's maps, html-react-parser 5. Documentation: the README of each.
 */
import type { Condition, Models } from '../../../models/model.ts';

const collections = ['cash-dom', 'zepto', 'umbrellajs'];
const selections = ['d3', 'd3-selection'];
const litPackages = ['lit', 'lit-html', 'lit-element'];
const endings = ['', '.js'];
const alerts = 'success,info,warning,error';
const allowsMarkup: Condition = { at: 'Argument[1].Member[allowHTML]', is: [true] };
const startsCode: Condition = { at: 'Argument[0]', is: ['insertHTML'] };
const handlers: Condition = {
  at: 'Argument[1]',
  is: ['srcdoc', 'onclick', 'onload', 'onerror', 'onmouseover', 'onfocus', 'onchange', 'onsubmit', 'oninput'],
};

export const domWidgets: Models = {
  language: 'javascript',
  types: [
    ...collections.map((name) => ['jquery.Collection', name, 'ReturnValue'] as const),
    ...['jquery/dist/jquery.slim', 'jquery/dist/jquery', 'jquery/slim'].map(
      (name) => ['jquery.Function', name, ''] as const,
    ),
    ['jquery.Function', 'backbone', 'Member[$]'],
    ['jquery.Collection', 'backbone', 'Member[View].Instance.Member[$el]'],
    ['jquery.Collection', 'backbone', 'Member[View].Instance.Member[$].ReturnValue'],
    ['dom.Element', 'backbone', 'Member[View].Instance.Member[el]'],
    ...selections.map(
      (name) => ['d3.Selection', name, 'Member[select,selectAll,create].ReturnValue'] as const,
    ),
    ['d3.Selection', 'global', 'Member[d3].Member[select,selectAll,create].ReturnValue'],
    ['d3.Selection', 'd3.Selection', 'AnyMember.ReturnValue'],
    ['leaflet.Module', 'leaflet', ''],
    ['leaflet.Module', 'global', 'Member[L]'],
    [
      'leaflet.Layer',
      'leaflet.Module',
      'Member[marker,circle,circleMarker,polygon,polyline,rectangle,geoJSON,popup,tooltip,featureGroup,layerGroup].ReturnValue',
    ],
    [
      'leaflet.Layer',
      'leaflet.Module',
      'Member[Marker,Circle,CircleMarker,Polygon,Polyline,Popup,Tooltip].Instance',
    ],
    ['leaflet.Layer', 'leaflet.Layer', 'AnyMember.ReturnValue'],
    ['mapbox.Popup', 'mapbox-gl', 'Member[Popup].Instance'],
    ['mapbox.Popup', 'maplibre-gl', 'Member[Popup].Instance'],
    ['mapbox.Popup', 'global', 'Member[mapboxgl,maplibregl].Member[Popup].Instance'],
    ['mapbox.Popup', 'mapbox.Popup', 'AnyMember.ReturnValue'],
    ['google.InfoWindow', 'global', 'Member[google].Member[maps].Member[InfoWindow]'],
    ['toastr.Module', 'toastr', ''],
    ['toastr.Module', 'global', 'Member[toastr]'],
    ['swal.Module', 'sweetalert2', ''],
    ['swal.Module', 'swal.Module', 'Member[mixin].ReturnValue'],
    ['swal.Module', 'global', 'Member[Swal]'],
  ],
  sinks: [
    ['d3.Selection', 'Member[html].Argument[0]', 'xss'],
    ['d3.Selection', 'Member[html].Argument[0].ReturnValue', 'xss'],
    ...litPackages.flatMap((name) =>
      endings.flatMap((end) => [
        // Their older names are in another file.
        ...(name === 'lit-element' || end === ''
          ? [[`${name}/directives/unsafe-html${end}`, 'Member[unsafeHTML].Argument[0]', 'xss'] as const]
          : []),
        [`${name}/directives/unsafe-svg${end}`, 'Member[unsafeSVG].Argument[0]', 'xss'] as const,
      ]),
    ),
    ['lit/static-html', 'Member[unsafeStatic].Argument[0]', 'xss'],
    ['mithril', 'Member[trust].Argument[0]', 'xss'],
    ['@ember/template', 'Member[htmlSafe,trustHTML].Argument[0]', 'xss'],
    ['@ember/string', 'Member[htmlSafe].Argument[0]', 'xss'],
    ['swal.Module', 'Member[fire].Argument[0].Member[html,title,footer]', 'xss'],
    ['swal.Module', 'Member[fire].Argument[0,1]', 'xss'],
    ['swal.Module', 'Member[update].Argument[0].Member[html,title,footer]', 'xss'],
    [
      'toastr.Module',
      `Member[${alerts}].Argument[0,1]`,
      'xss',
      { at: 'Argument[2].Member[escapeHtml]', is: [true], not: true },
    ],
    ['bootbox', 'Member[alert,confirm,dialog,prompt].Argument[0]', 'xss'],
    ['bootbox', 'Member[alert,confirm,dialog,prompt].Argument[0].Member[message,title]', 'xss'],
    ['tippy.js', 'Argument[1].Member[content]', 'xss', allowsMarkup],
    [
      'tippy.js',
      'ReturnValue.Member[setProps].Argument[0].Member[content]',
      'xss',
      { at: 'Argument[0].Member[allowHTML]', is: [true] },
    ],
    ['quill', 'Instance.Member[clipboard].Member[dangerouslyPasteHTML].Argument[0,1]', 'xss'],
    [
      'leaflet.Layer',
      'Member[bindPopup,bindTooltip,setPopupContent,setTooltipContent,setContent].Argument[0]',
      'xss',
    ],
    ['leaflet.Module', 'Member[divIcon].Argument[0].Member[html]', 'xss'],
    ['leaflet.Module', 'Member[DivIcon].Argument[0].Member[html]', 'xss'],
    ['mapbox.Popup', 'Member[setHTML].Argument[0]', 'xss'],
    ['google.InfoWindow', 'Argument[0].Member[content]', 'xss'],
    ['google.InfoWindow', 'Instance.Member[setContent].Argument[0]', 'xss'],
    ['html-react-parser', 'Argument[0]', 'xss'],
    ['html-react-parser', 'Member[default].Argument[0]', 'xss'],
    ['react-html-parser', 'Argument[0]', 'xss'],
    ['dom.Document', 'Member[execCommand].Argument[2]', 'xss', startsCode],
    ['dom.Element', 'Member[setAttributeNS].Argument[2]', 'xss', handlers],
    [
      'dom.Element',
      'Member[setAttributeNS].Argument[2]',
      'link',
      { at: 'Argument[1]', is: ['href', 'xlink:href', 'action', 'formaction'] },
    ],
    // Scripts by address.
    ['global', 'Member[importScripts].Argument[0..]', 'link'],
    ['dom.Window', 'Member[importScripts].Argument[0..]', 'link'],
    ['global', 'Member[Worker,SharedWorker].Argument[0]', 'link'],
    ['jquery.Function', 'Member[getScript].Argument[0]', 'link'],
    ['global', 'Member[navigation].Member[navigate].Argument[0]', 'redirect'],
    ['global', 'Member[navigation].Member[navigate].Argument[0]', 'link'],
    ['dom.Window', 'Member[navigation].Member[navigate].Argument[0]', 'redirect'],
    ['dom.Window', 'Member[navigation].Member[navigate].Argument[0]', 'link'],
  ],
  // A policy has the functions that it is made from.
  summaries: [
    ['global', 'Member[trustedTypes].Member[createPolicy]', 'Argument[1]', 'ReturnValue', 'value'],
    ['dom.Window', 'Member[trustedTypes].Member[createPolicy]', 'Argument[1]', 'ReturnValue', 'value'],
    ['i18next', 'Member[t]', 'Argument[1].AnyMember', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    [
      'i18next',
      'Member[t].ReturnValue',
      ['xss'],
      { at: 'Argument[1].Member[interpolation].Member[escapeValue]', is: [false], not: true },
    ],
  ],
  guesses: [
    [
      'angular.Sanitizer',
      [
        '.bypassSecurityTrustHtml',
        '.bypassSecurityTrustScript',
        '.bypassSecurityTrustUrl',
        '.bypassSecurityTrustResourceUrl',
      ],
    ],
  ],
};
