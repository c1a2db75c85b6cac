/**
 * The page's requests to the API, at the edge. It says which host and which visitor the request is from, whatever the
 * visitor wrote there: the API compares the Origin with the one and counts by the other.
 */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name, and knows no exports.
function handler(event) {
  const request = event.request;
  request.headers['sgcode-page-host'] = { value: request.headers.host.value };
  request.headers['sgcode-viewer'] = { value: event.viewer.ip };
  return request;
}
