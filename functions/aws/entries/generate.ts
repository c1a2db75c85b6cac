import { createHandler } from '#hardening/model/generate/handler.ts';
import { openModelServices } from '../model-services.ts';

export const handler = createHandler(openModelServices());
