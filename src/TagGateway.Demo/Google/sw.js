/* Service worker of the synthetic tag: sends hits for a page that may already have gone. It never answers the site's own fetches. */
(function () {
  'use strict';
  const prefix = self.location.pathname.split('/_/service_worker')[0];

  self.addEventListener('install', function () { self.skipWaiting(); });
  self.addEventListener('activate', function (event) { event.waitUntil(self.clients.claim()); });

  // type 0: heartbeat; type 1: {commandType: 0, params: {url, method, body, referer}}.
  self.addEventListener('message', function (event) {
    const message = event.data || {};
    const port = event.ports[0];
    if (!port) return;
    if (message.type === 0) return port.postMessage({ type: 0, alive: true });
    if (message.type !== 1 || !message.command || message.command.commandType !== 0) return;
    event.waitUntil(send(message.command.params)
      .then(function (status) { port.postMessage({ type: 1, status: status }); })
      .catch(function (error) { port.postMessage({ type: 1, error: String(error) }); }));
  });

  function send(params) {
    const url = new URL(params.url, self.location.origin);
    // Strict is the rule; a tag that Google's own host serves sends to Google's other hosts.
    if (params.strict !== false && (url.origin !== self.location.origin || !(url.pathname.startsWith(prefix + '/') || url.pathname.startsWith('/g/collect')))) {
      return Promise.reject(new Error('strict: ' + url.pathname + ' is not the measurement path'));
    }
    const headers = params.referer
      ? { 'X-Effective-Origin': self.location.origin, 'X-Effective-Referer': params.referer } : {};
    return fetch(url, {
      method: params.method || 'GET', body: params.body, headers: headers,
      credentials: 'include', keepalive: true, cache: 'no-store'
    }).then(function (response) { return response.status; });
  }
})();
