/* The panel beside the shop: left what this browser asked, right what the stand-in for Google received. */
(function () {
  'use strict';
  const limit = 60;
  const find = function (selector) { return document.querySelector(selector); };
  const counts = { own: 0, other: 0, google: 0, kept: 0 };
  const meanings = {
    v: 'protocol version', tid: 'tag id', gtm: 'release of the tag', _p: 'page load', cid: 'visitor (random number from the _ga cookie)', sid: 'session',
    sct: 'number of the session', dl: 'page address', dr: 'page before', dt: 'page title', en: 'event', ul: 'language', sr: 'screen', ur: 'region, from the gateway',
    _uip: 'placeholder for the address', fp: 'served first-party', gcs: 'consent', cu: 'currency', _et: 'time on the page, ms', uafvl: 'browser versions',
    em: 'e-mail, only as a hash', label: 'conversion', value: 'value', dma: 'strict European rules', npa: 'no personal ads'
  };

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function clock(at) { return new Date(at).toLocaleTimeString('en-GB'); }

  function bump(name, by) {
    counts[name] += by;
    const place = find('[data-count-' + name + ']');
    place.textContent = counts[name];
    if (name === 'other') place.parentElement.classList.toggle('warn', counts.other > 0);
  }

  function list(title, pairs) {
    const details = element('details');
    details.append(element('summary', '', title + ' (' + pairs.length + ')'));
    const table = element('dl');
    pairs.forEach(function (pair) {
      const name = element('dt', '', pair.name);
      if (meanings[pair.name]) name.append(element('small', '', meanings[pair.name]));
      table.append(name, element('dd', '', pair.value === '' ? '(empty)' : pair.value));
    });
    details.append(table);
    return details;
  }

  function add(feed, card) {
    feed.prepend(card);
    while (feed.children.length > limit) feed.lastElementChild.remove();
  }

  function head(method, title, at) {
    const line = element('div', 'line');
    line.append(element('span', 'method', method), element('strong', '', title), element('time', '', clock(at)));
    return line;
  }

  /* Left. */
  function showAsked(entry) {
    bump(entry.own ? 'own' : 'other', 1);
    const card = element('li', entry.own ? 'card-own' : 'card-other');
    const url = new URL(entry.url, location.href);
    card.append(head(entry.method, entry.own ? url.pathname : url.host + url.pathname, entry.at));
    const tags = element('p', 'tags');
    tags.append(element('span', entry.own ? 'tag own' : 'tag other', entry.own ? 'this site' : 'another host'), element('span', 'tag', entry.how));
    card.append(tags);
    const pairs = Array.from(url.searchParams, function (p) { return { name: p[0], value: p[1] }; });
    if (pairs.length) card.append(list('Query', pairs));
    if (entry.body) card.append(list('Body lines', entry.body.split('\r\n').map(function (text, i) { return { name: String(i + 1), value: text }; })));
    add(find('[data-asked]'), card);
  }

  /* Right. */
  const endpoints = [['as/d/ccm/conversion', 'Ads conversion'], ['d/ccm/form-data', 'Ads user data, hashed'], ['gs/', 'Ads, without consent'], ['ddm/', 'Floodlight']];
  const kinds = { Script: 'Tag script', Hit: 'Hit', Telemetry: 'Telemetry', SetCookie: 'Cookies asked for', ServiceWorker: 'Service worker', Health: 'Health check', Unknown: 'Unknown path', Refused: 'Refused' };

  function title(hit) {
    const names = hit.events.map(function (e) { return e.name; }).filter(Boolean);
    if (names.length) return names.join(', ');
    const known = endpoints.find(function (e) { return hit.kind === 'Hit' && hit.subPath.startsWith(e[0]); });
    return known ? known[1] : kinds[hit.kind] || hit.kind;
  }

  /* What a shopkeeper would want to read: the page, the items, the money. */
  function summary(event) {
    const values = new Map(event.parameters.map(function (p) { return [p.name, p.value]; }));
    const items = event.parameters.filter(function (p) { return /^pr\d+$/.test(p.name); });
    const names = items.map(function (p) { return (p.value.split('~').find(function (part) { return part.startsWith('nm'); }) || 'nm?').slice(2); });
    const money = values.get('epn.value') || values.get('value');
    return [
      event.name === 'page_view' ? values.get('dt') : '',
      names.length > 2 ? names.length + ' items' : names.join(', '),
      money ? (values.get('cu') || values.get('currency_code') || '') + ' ' + Number(money).toFixed(2) : ''
    ].filter(Boolean).join(' · ');
  }

  function showReceived(hit) {
    const kept = hit.checks.filter(function (c) { return !c.arrived; });
    const leaked = hit.checks.filter(function (c) { return c.arrived; });
    bump('google', 1);
    bump('kept', kept.length);
    const card = element('li', 'card-google');
    card.append(head(hit.method, title(hit), hit.at));
    hit.events.map(summary).filter(Boolean).forEach(function (text) { card.append(element('p', 'summary', text)); });
    card.append(element('p', 'where', hit.host + hit.path));
    if (hit.obscured) card.append(element('p', 'where', 'hides: ' + hit.subPath + '?' + hit.query));
    const tags = element('p', 'tags');
    hit.passed.forEach(function (text) { tags.append(element('span', 'tag', text)); });
    leaked.forEach(function (c) { tags.append(element('span', 'tag other', c.label + ' arrived')); });
    if (tags.childElementCount) card.append(tags);
    if (kept.length) {
      const line = element('p', 'kept');
      line.append(element('span', 'shield', 'Kept back'));
      kept.forEach(function (c) { line.append(element('span', 'tag good', c.label)); });
      card.append(line);
    }
    hit.events.forEach(function (event, i) { card.append(list(hit.events.length > 1 ? 'Event ' + (i + 1) + ': ' + event.name : 'Parameters', event.parameters)); });
    card.append(list('Headers', hit.headers));
    if (hit.cookies.length) card.append(list('Cookies', hit.cookies));
    add(find('[data-received]'), card);
  }

  let last = Number(sessionStorage.getItem('seen-from') || 0);
  function connect() {
    const state = find('[data-state]');
    const source = new EventSource('/demo/events');
    source.onopen = function () { state.textContent = 'live'; state.classList.add('on'); };
    source.onerror = function () { state.textContent = 'connecting…'; state.classList.remove('on'); };
    source.onmessage = function (event) {
      const hit = JSON.parse(event.data);
      if (hit.number <= last) return;
      last = hit.number;
      showReceived(hit);
    };
    addEventListener('pagehide', function () { source.close(); });
  }

  find('[data-clear]').addEventListener('click', function () {
    window.demoWatch.clear();
    sessionStorage.setItem('seen-from', String(last));
    find('[data-asked]').replaceChildren();
    find('[data-received]').replaceChildren();
    ['own', 'other', 'google', 'kept'].forEach(function (name) { bump(name, -counts[name]); });
  });

  function showConsent() {
    const state = window.demoConsent().ad_storage;
    document.querySelectorAll('[data-consent]').forEach(function (button) { button.setAttribute('aria-pressed', String(button.dataset.consent === state)); });
  }
  document.querySelectorAll('[data-consent]').forEach(function (button) {
    button.addEventListener('click', function () {
      localStorage.setItem('consent', button.dataset.consent);
      gtag('consent', 'update', window.demoConsent());
      gtag('event', 'consent_choice', { choice: button.dataset.consent });
      showConsent();
    });
  });

  showConsent();
  window.demoWatch.asked.slice(-limit).forEach(showAsked);
  window.demoWatch.listen(showAsked);
  connect();
})();
