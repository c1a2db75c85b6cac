import { createHandler } from '#hardening/model/repair/handler.ts';
import { openModelServices } from '../model-services.ts';

export const handler = createHandler(openModelServices());
