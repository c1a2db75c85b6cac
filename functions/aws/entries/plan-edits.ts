import { createHandler } from '#hardening/plan-edits/handler.ts';
import { openRiskServices } from '../risk-services.ts';

export const handler = createHandler(openRiskServices());
