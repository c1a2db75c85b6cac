'use client';

import { useQuery } from '@tanstack/react-query';
import type { ModelBudget, ModelSettings } from '#domain/model-settings.ts';
import { fetchKnownModels } from '../api-client/models.ts';
import { mostUsd, priceOf } from './prices.ts';
import { useModelKeys } from './saved-models.ts';

/** Where a chosen model's questions go, whether it has a key, and what it may cost; undefined for none. */
export function useModelNote(model: ModelSettings | undefined, budget: ModelBudget): string {
  const { keyFor } = useModelKeys();
  const known = useQuery({
    queryKey: ['models'],
    queryFn: ({ signal }) => fetchKnownModels(signal),
    enabled: model !== undefined,
    staleTime: 60_000,
  });
  if (model === undefined) return 'Without a model nothing is sent anywhere and nothing is paid.';
  const price = known.data ? priceOf(model, known.data.prices) : null;
  const cost =
    price === null ? 'Its price is unknown' : `A run may cost at most $${mostUsd(price, budget).toFixed(2)}`;
  const key =
    keyFor(model.baseUrl) === ''
      ? 'No key is set for it'
      : 'Your key is in this tab only, and sent with a run';
  return `Parts of your code go to ${new URL(model.baseUrl).host}. ${key}. ${cost}.`;
}
