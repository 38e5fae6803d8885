import { html, render, resourceUrl, type SafeHtml } from 'bulwark/html';
import { currentRequest } from 'bulwark/request';
import { styleSheets } from '../style-sheets.ts';
import { icon } from './icon.ts';
import { linkTo, type Theme, type View } from './view.ts';

/** A whole page around its main part. */
export function layout(view: View, title: string, main: SafeHtml): string {
  const nonce = currentRequest()?.nonce ?? '';
  return render(html`<!doctype html>
<html lang="en" data-theme="${view.theme}" data-events="${linkTo(view, `events?after=${view.controls.events[0]?.id ?? ''}`)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${view.theme === 'auto' ? 'light dark' : view.theme}">
<title>${title} - Bulwark Lab</title>
<link rel="icon" href="${resourceUrl`/${view.token}/icon.svg`}">
${styleSheets.map((name) => html`<link rel="stylesheet" href="${resourceUrl`/${view.token}/${name}.css`}">`)}
<script type="module" src="${resourceUrl`/${view.token}/lab.js`}" nonce="${nonce}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="${linkTo(view, '')}">${icon('shield')}<span>Bulwark <b>Lab</b></span></a>
<nav aria-label="The applications">
${shopLink('Undefended shop', 'bad', view.controls.undefendedUrl)}
${shopLink('Defended shop', 'good', view.controls.defendedUrl)}
</nav>
${themes(view)}
</header>
<p class="hidden" role="status" id="busy"></p>
<main id="main" tabindex="-1">
${main}
</main>
<footer>
<p>One shop, written twice. Nothing leaves this machine: host names resolve from a table, and every outbound connection ends at a canary.</p>
</footer>
</body>
</html>`);
}

/** A shop that is still starting has no address. */
function shopLink(name: string, mood: 'bad' | 'good', url: string | undefined): SafeHtml {
  if (url === undefined)
    return html`<span class="starting"><span class="dot ${mood}"></span>${name} is starting</span>`;
  return html`<a href="${url}" target="_blank" rel="noopener noreferrer"><span class="dot ${mood}"></span>${name} ${icon('out')}<span class="hidden">, in a new tab</span></a>`;
}

const choices: readonly (readonly [Theme, string])[] = [
  ['auto', 'Auto'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

function themes(view: View): SafeHtml {
  return html`<form method="post" action="${linkTo(view, 'theme')}">
<div class="themes" role="group" aria-label="Colours">
<input type="hidden" name="back" value="${view.path}">
${choices.map(
  ([theme, name]) =>
    html`<button name="theme" value="${theme}" aria-pressed="${String(theme === view.theme)}">${name}</button>`,
)}
</div></form>`;
}
