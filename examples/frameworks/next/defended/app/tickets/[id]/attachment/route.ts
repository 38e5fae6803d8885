import { currentSession, upload, withBulwark } from 'bulwark/next';
import { redirectTo } from 'bulwark/redirect';
import { papers } from '../../../../desk/attachments';
import { options } from '../../../../desk/options';
import { addAttachment } from '../../../../desk/store';

export const POST = withBulwark(async (request, { params }: { params: Promise<{ id: string }> }) => {
  if (currentSession().user === undefined) return new Response(null, { status: 401 });
  const { id } = await params;
  const { file } = (await upload(request, papers)).files;
  await addAttachment(file.id, id, file.name);
  return new Response(null, { status: 303, headers: { Location: redirectTo`/tickets/${id}` } });
}, options);
