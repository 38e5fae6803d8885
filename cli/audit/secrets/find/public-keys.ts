import type { FoundSecret } from './found-secret.ts';

const reach = 400;
const ofClient =
  /authDomain|messagingSenderId|measurementId|firebase|storageBucket|projectId|GOOGLE_APP_ID|project_info|maps\.google(?:apis)?|maps\/api|maps\/embed|NEXT_PUBLIC|REACT_APP|VITE_|VUE_APP|EXPO_PUBLIC|NUXT_PUBLIC|PUBLIC_/i;

/** A key of Google that every browser or phone is given: of a Firebase app, or of a map in a page. */
export function isPublicKey({ kind, at, end }: FoundSecret, path: string, text: string): boolean {
  if (kind !== 'google-api-key') return false;
  if (
    /(?:^|\/)(?:google-services\.json|GoogleService-Info[\w.-]*\.plist|firebase[\w.-]*|AndroidManifest\.xml)$/i.test(
      path,
    )
  )
    return true;
  if (/\.(?:html?|vue|svelte|css|svg)$/i.test(path)) return true;
  return ofClient.test(text.slice(Math.max(0, at - reach), end + reach));
}
