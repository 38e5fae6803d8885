import { describe, expect, it } from 'vitest';
import { fixProject } from '../testing/fix-case.ts';

async function fixed(text: string): Promise<string | undefined> {
  const { changed } = await fixProject({ 'views.py': text }, (rule) => rule === 'xss/reflected');
  return changed.get('views.py');
}

describe('a page is escaped by what its framework offers', () => {
  it('in Django', async () => {
    const view = (imported: string, code: string): string =>
      `from django.http import HttpRequest, HttpResponse\n${imported}\ndef hello(request: HttpRequest):\n    name = request.GET["name"]\n    return HttpResponse(f"<h1>{${code}}</h1>")\n`;
    expect(await fixed(view('', 'name'))).toBe(
      view('from django.utils.html import escape\n', 'escape(name)'),
    );
  });

  it('in Django, with a text that is added to another', async () => {
    const view = (imported: string, code: string): string =>
      `from django.http import HttpRequest, HttpResponse\n${imported}\ndef hello(request: HttpRequest):\n    return HttpResponse("<h1>" + ${code} + "</h1>")\n`;
    expect(await fixed(view('', 'request.GET["name"]'))).toBe(
      view('from django.utils.html import escape\n', 'escape(request.GET["name"])'),
    );
  });

  it('in FastAPI, by the standard library', async () => {
    const text =
      'from fastapi import FastAPI\nfrom fastapi.responses import HTMLResponse\napp = FastAPI()\n@app.get("/", response_class=HTMLResponse)\ndef hello(name: str):\n    return f"<h1>{name}</h1>"\n';
    expect(await fixed(text)).toContain('from html import escape');
  });
});
