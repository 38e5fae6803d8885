/**
 * What a record of styles may hold. The names are those of https://www.w3.org/Style/CSS/all-properties.en.html, without
 * what loads something, takes an element out of the flow to cover the page, or puts text into it.
 */

const list = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Besides these, custom properties: `--anything-like-this`. */
export const styleProperties: ReadonlySet<string> = list(
  'accent-color align-content align-items align-self animation-delay animation-duration aspect-ratio ' +
    'background-color background-position background-size block-size border border-block border-block-end ' +
    'border-block-start border-bottom border-bottom-color border-bottom-width border-collapse border-color ' +
    'border-inline border-inline-end border-inline-start border-left border-left-color border-left-width ' +
    'border-radius border-bottom-left-radius border-bottom-right-radius border-top-left-radius ' +
    'border-top-right-radius border-right border-right-color border-right-width border-spacing border-style ' +
    'border-top border-top-color border-top-width border-width bottom box-shadow box-sizing caption-side caret-color ' +
    'clear color column-count column-gap column-width columns contain display empty-cells fill fill-opacity flex ' +
    'flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float font-family font-size font-stretch ' +
    'font-style font-variant font-weight gap grid-area grid-auto-columns grid-auto-flow grid-auto-rows grid-column ' +
    'grid-column-end grid-column-start grid-row grid-row-end grid-row-start grid-template-columns ' +
    'grid-template-rows height hyphens inline-size inset justify-content justify-items justify-self left ' +
    'letter-spacing line-height list-style-position list-style-type margin margin-block margin-block-end ' +
    'margin-block-start margin-bottom margin-inline margin-inline-end margin-inline-start margin-left margin-right ' +
    'margin-top max-block-size max-height max-inline-size max-width min-block-size min-height min-inline-size ' +
    'min-width mix-blend-mode object-fit object-position opacity order outline outline-color outline-offset ' +
    'outline-style outline-width overflow overflow-wrap overflow-x overflow-y padding padding-block ' +
    'padding-block-end padding-block-start padding-bottom padding-inline padding-inline-end padding-inline-start ' +
    'padding-left padding-right padding-top perspective place-content place-items place-self resize right rotate ' +
    'row-gap scale stroke stroke-dasharray stroke-dashoffset stroke-opacity stroke-width tab-size table-layout ' +
    'text-align text-align-last text-decoration text-decoration-color text-decoration-line text-decoration-style ' +
    'text-indent text-overflow text-shadow text-transform text-wrap top transform transform-origin ' +
    'transition-delay transition-duration translate user-select vertical-align view-transition-name visibility ' +
    'white-space width word-break word-spacing writing-mode z-index',
);

/** The functions of a value. None of them takes a URL, an attribute of the page, or text. */
export const styleFunctions: ReadonlySet<string> = list(
  'rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark calc min max clamp round mod rem abs sign sin ' +
    'cos tan pow sqrt hypot var translate translatex translatey translatez translate3d scale scalex scaley scalez ' +
    'scale3d rotate rotatex rotatey rotatez rotate3d skew skewx skewy matrix matrix3d perspective minmax repeat ' +
    'fit-content',
);
