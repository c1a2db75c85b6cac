import { createHandler } from '#hardening/decide/handler.ts';
import { openRiskServices } from '../risk-services.ts';

export const handler = createHandler(openRiskServices());
