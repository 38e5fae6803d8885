import { currentSession, withBulwark } from 'bulwark/next';
import { uploadResponse } from 'bulwark/upload';
import { files } from '../../../desk/attachments';
import { options } from '../../../desk/options';

export const GET = withBulwark(async (request, { params }: { params: Promise<{ name: string }> }) => {
  if (currentSession().user === undefined) return new Response(null, { status: 401 });
  return uploadResponse(request, files, (await params).name);
}, options);
