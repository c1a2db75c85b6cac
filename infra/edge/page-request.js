/**
 * Addresses of pages to the files that hold them: /history is history.html. PAGES, the names without .html, is written
 * in front of this when the stack is made.
 */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name, and knows no exports.
function handler(event) {
  const request = event.request;
  const name = request.uri === '/' ? 'index' : request.uri.slice(1);
  if (PAGES.includes(name)) request.uri = `/${name}.html`;
  else if (!request.uri.includes('.')) request.uri = '/404.html';
  return request;
}
