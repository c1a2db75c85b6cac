/** The page that says that there is nothing is fetched as any other, and answered with the status that it means. */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name, and knows no exports.
function handler(event) {
  const response = event.response;
  if (event.request.uri === '/404.html') response.statusCode = 404;
  return response;
}
