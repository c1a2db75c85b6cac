import { NotFoundError } from '#domain/errors.ts';
import { emptyAnswer } from './answers.ts';
import type { deleteShareRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

/** Revokes a link: from then on it opens nothing. */
export const handle: RouteHandler<typeof deleteShareRequest> = async (
  { owner, params: { shareId } },
  { shareStore },
) => {
  if (!(await shareStore.delete(owner, shareId))) throw new NotFoundError('no such share');
  return emptyAnswer();
};
