export function GET(request: Request) {
  return new Response(null, {
    status: 302,
    headers: { Location: new URL(request.url).searchParams.get('to') ?? '/' },
  });
}
