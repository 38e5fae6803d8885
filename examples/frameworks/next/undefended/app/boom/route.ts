export function GET() {
  try {
    throw new Error('could not connect to postgres://desk:boom-password-4471@db/desk');
  } catch (error) {
    return Response.json({ error: (error as Error).message }, { status: 500 });
  }
}
