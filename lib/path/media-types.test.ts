import { describe, expect, it } from 'vitest';
import { mediaTypeOf } from './media-types.ts';

describe('the media type of a name', () => {
  it.each([
    ['index.html', 'text/html'],
    ['APP.JS', 'text/javascript'],
    ['feed.rss', 'application/rss+xml'],
    ['clip.m4v', 'video/mp4'],
    ['live.m3u8', 'application/vnd.apple.mpegurl'],
    ['voice.opus', 'audio/ogg'],
    ['places.geojson', 'application/geo+json'],
    ['chair.glb', 'model/gltf-binary'],
    ['app.js.map', 'application/json'],
  ])('%s is %s', (name, type) => expect(mediaTypeOf(name)).toBe(type));

  it.each(['setup.exe', 'page.html.unknown', 'README', 'a.__proto__', 'a.constructor', '.html/', 'page.php'])(
    '%s is bytes',
    (name) => expect(mediaTypeOf(name)).toBe('application/octet-stream'),
  );
});
