/**
 * Features of Permissions-Policy, without client hints: the W3C's list (webappsec-permissions-policy, features.md), what
 * Chromium 156 knows, and what earlier ones did. Read in November 2026.
 */
const names =
  'accelerometer all-screens-capture ambient-light-sensor aria-notify attribution-reporting autofill autoplay battery ' +
  'bluetooth browsing-topics camera captured-surface-control clipboard-read clipboard-write compute-pressure ' +
  'controlled-frame conversion-measurement cross-origin-isolated deferred-fetch deferred-fetch-minimal ' +
  'device-attributes digital-credentials-create digital-credentials-get direct-sockets direct-sockets-multicast ' +
  'direct-sockets-private display-capture document-domain encrypted-media execution-while-not-rendered ' +
  'execution-while-out-of-viewport fenced-frame-api focus-without-user-activation fullscreen gamepad geolocation ' +
  'gyroscope hid identity-credential-get identity-credentials-get idle-detection interest-cohort ' +
  'join-ad-interest-group keyboard-map language-detector language-model local-fonts local-network ' +
  'local-network-access loopback-network magnetometer manual-text media-playback-while-not-visible mediasession ' +
  'microphone midi monetization navigation-override on-device-speech-recognition otp-credentials payment ' +
  'picture-in-picture private-aggregation private-state-token-issuance private-state-token-redemption proofreader ' +
  'publickey-credentials-create publickey-credentials-get record-ad-auction-events rewriter run-ad-auction ' +
  'screen-wake-lock serial shared-autofill shared-storage shared-storage-select-url smart-card speaker-selection ' +
  'storage-access sub-apps summarizer sync-script sync-xhr tools translator trust-token-redemption unload usb ' +
  'usb-unrestricted vertical-scroll vr web-app-installation web-printing web-share webnn window-management ' +
  'window-placement writer xr-spatial-tracking';

const known: ReadonlySet<string> = new Set(names.split(' '));

export function isFeatureName(name: string): boolean {
  return known.has(name) || /^ch-[a-z][a-z0-9-]{1,40}$/.test(name);
}
