import type { KnownModels, KnownPrice } from '#domain/known-models.ts';
import { type Price, priceOf, prices } from '#ports/model-prices/prices.ts';
import { jsonAnswer } from './answers.ts';
import type { emptyRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

/** The servers of models that run on this machine, and the prices that are known. */
export const handle: RouteHandler<typeof emptyRequest> = async (_request, { modelDirectory }) => {
  const servers = await modelDirectory.find();
  const document: KnownModels = {
    callsLocalServers: modelDirectory.callsLocalServers,
    servers: servers.map(({ name, baseUrl, models }) => ({
      name,
      baseUrl,
      models: models.map((model) => ({ name: model, price: knownPrice(priceOf({ name: model, baseUrl })) })),
    })),
    prices: prices.models.map(({ match, hosts, ...price }) => ({
      ...price,
      names: match.names,
      hosts: hosts ?? null,
    })),
  };
  return jsonAnswer(200, document);
};

function knownPrice(price: Price | null): KnownPrice | null {
  if (price === null) return null;
  const { id, usdPerMillion, source, asOf, note, endsOn } = price;
  return { id, usdPerMillion, source, asOf, note, endsOn };
}
