/* Runs before the tag: remembers what the page asks of the measurement path and of other hosts. The demo's own code, no part of the gateway. */
(function () {
  'use strict';
  const data = JSON.parse(document.getElementById('page-data').textContent);
  const listeners = [];
  const asked = JSON.parse(sessionStorage.getItem('asked') || '[]');

  window.demoConsent = function () {
    const state = localStorage.getItem('consent') === 'denied' ? 'denied' : 'granted';
    return { ad_storage: state, analytics_storage: state, ad_user_data: state, ad_personalization: state };
  };

  window.demoWatch = {
    asked: asked,
    listen: function (listener) { listeners.push(listener); },
    clear: function () { asked.length = 0; keep(); }
  };

  function keep() { sessionStorage.setItem('asked', JSON.stringify(asked.slice(-80))); }

  function note(method, address, how, body) {
    const url = new URL(address, location.href);
    const isOwn = url.origin === location.origin;
    if (isOwn && url.pathname !== data.path && !url.pathname.startsWith(data.path + '/')) return;
    const entry = { method: method, url: isOwn ? url.pathname + url.search : url.href, own: isOwn, how: how, at: Date.now(), body: typeof body === 'string' ? body : '' };
    asked.push(entry);
    keep();
    listeners.forEach(function (listener) { listener(entry); });
  }

  const realFetch = window.fetch;
  window.fetch = function (input, options) {
    const settings = options || {};
    note((settings.method || (input && input.method) || 'GET').toUpperCase(), String((input && input.url) || input), 'fetch', settings.body);
    return realFetch.apply(this, arguments);
  };

  const realBeacon = navigator.sendBeacon;
  navigator.sendBeacon = function (url, body) {
    note('POST', String(url), 'beacon', body);
    return realBeacon.apply(navigator, arguments);
  };

  // Scripts, frames and images have no function to wrap: the browser reports them afterwards.
  new PerformanceObserver(function (list) {
    list.getEntries().forEach(function (entry) {
      if (/^(script|iframe|img|link|css|other)$/.test(entry.initiatorType)) note('GET', entry.name, entry.initiatorType);
    });
  }).observe({ type: 'resource', buffered: true });
})();
