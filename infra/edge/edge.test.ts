import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { CHECKOUT } from '../checkout.ts';

/** What a function at the edge makes of an event, run as the script that CloudFront gets. */
function atTheEdge(file: string, event: object, before = ''): unknown {
  const code = readFileSync(join(CHECKOUT, 'infra/edge', file), 'utf8');
  const answer = runInNewContext(`${before}${code}\nhandler(event);`, { event });
  return JSON.parse(JSON.stringify(answer));
}

const PAGES = 'const PAGES = ["history","index","r"];\n';
const fileOf = (uri: string) => atTheEdge('page-request.js', { request: { uri } }, PAGES);

describe('the addresses of pages', () => {
  it.each([
    ['/', '/index.html'],
    ['/history', '/history.html'],
    ['/r', '/r.html'],
    ['/_next/static/chunks/a.js', '/_next/static/chunks/a.js'],
    ['/history.txt', '/history.txt'],
    ['/nowhere', '/404.html'],
    ['/history/', '/404.html'],
    ['/constructor', '/404.html'],
  ])('%s is the file %s', (uri, file) => {
    expect(fileOf(uri)).toEqual({ uri: file });
  });

  it('that nothing is at are answered as not found', () => {
    const answer = (uri: string) =>
      atTheEdge('page-response.js', { request: { uri }, response: { statusCode: 200 } });

    expect(answer('/404.html')).toEqual({ statusCode: 404 });
    expect(answer('/history.html')).toEqual({ statusCode: 200 });
  });
});

describe("the page's requests to the API", () => {
  it('say which host and which visitor they are from, whatever the visitor said', () => {
    const request = {
      uri: '/v1/runs',
      headers: {
        host: { value: 'd1.cloudfront.net' },
        cookie: { value: 'session=1' },
        'sgcode-page-host': { value: 'evil.example' },
        'sgcode-viewer': { value: '127.0.0.1' },
      },
    };

    expect(atTheEdge('api-request.js', { request, viewer: { ip: '203.0.113.9' } })).toEqual({
      uri: '/v1/runs',
      headers: {
        host: { value: 'd1.cloudfront.net' },
        cookie: { value: 'session=1' },
        'sgcode-page-host': { value: 'd1.cloudfront.net' },
        'sgcode-viewer': { value: '203.0.113.9' },
      },
    });
  });
});
