/* Google Analytics hits. */
var targets = {};
var client = {};
function readClientHints() {
  var brands = navigator.userAgentData;
  if (!brands || !brands.getHighEntropyValues) return Promise.resolve();
  return brands.getHighEntropyValues(['architecture', 'bitness', 'fullVersionList', 'mobile', 'model', 'platform', 'platformVersion', 'wow64'])
    .then(function (hints) {
      client = {
        uaa: hints.architecture, uab: hints.bitness, uam: hints.model, uamb: hints.mobile ? 1 : 0,
        uap: hints.platform, uapv: hints.platformVersion, uaw: hints.wow64 ? 1 : 0,
        // Encoded here and once more with the query: so twice on the wire.
        uafvl: (hints.fullVersionList || []).map(function (b) { return encodeURIComponent(b.brand) + ';' + encodeURIComponent(b.version); }).join('|')
      };
    }, function () { });
}

function query(pairs) {
  return Object.keys(pairs).filter(function (key) { return pairs[key] !== undefined && pairs[key] !== ''; })
    .map(function (key) { return key + '=' + encodeURIComponent(pairs[key]); }).join('&');
}

function commonPairs(target) {
  var state = targets[target];
  var settings = state.settings;
  var pairs = { v: 2, tid: target, gtm: gtmLong, _p: shared.pageLoad, gcs: consent.used ? consentState() : '' };
  pairs.gcd = '13' + (allowed('ad_storage') ? 'l3l' : 'p3p') + '3l3l1l1';
  pairs.npa = allowed('ad_personalization') && !unknownCountry() ? 0 : 1;
  pairs.dma = geo['6'] || unknownCountry() ? 1 : 0;
  pairs.cid = shared.client;
  pairs.ul = (navigator.language || '').toLowerCase();
  pairs.sr = screen.width + 'x' + screen.height;
  Object.keys(client).forEach(function (key) { pairs[key] = client[key]; });
  pairs.ur = geo['1'] || geo['0'];
  if (firstParty) { pairs._uip = '::'; if (!geo['4']) pairs.fp = 1; pairs._gsid = state.join; }
  else if (source && !isFromGoogle) pairs.scrsrc = new URL(source).host;
  if (settings.transport_url || settings.server_container_url) { pairs._fplc = 0; pairs._tu = 'BA'; }
  if (probe.state) pairs['gap.gtb'] = probe.state;
  pairs._s = ++shared.hits;
  pairs.sid = state.session;
  pairs.sct = state.count;
  pairs.seg = state.engaged;
  pairs.dl = settings.page_location || location.href.split('#')[0];
  pairs.dr = document.referrer;
  pairs.rk = referrerKind();
  pairs.dt = settings.page_title || document.title;
  return pairs;
}
function unknownCountry() { return !geo['0']; }

var notParameters = /^(send_to|event_callback|event_timeout|transport_url|server_container_url|send_page_view|page_location|page_title|allow_google_signals|groups)$/;
function eventPairs(name, fields) {
  var pairs = { en: name, _ee: name === 'page_view' ? '' : 1 };
  Object.keys(fields).forEach(function (key) {
    var value = fields[key];
    if (notParameters.test(key) || value === null || /^(object|function|undefined)$/.test(typeof value)) return;
    if (key === 'currency') pairs.cu = value;
    else pairs[(typeof value === 'number' ? 'epn.' : 'ep.') + key] = value;
  });
  (fields.items || []).forEach(function (item, i) {
    var parts = [];
    [['item_id', 'id'], ['item_name', 'nm'], ['item_brand', 'br'], ['item_category', 'ca'], ['item_variant', 'va'], ['price', 'pr'], ['quantity', 'qt']].forEach(function (f) {
      if (item[f[0]] !== undefined) parts.push(f[1] + String(item[f[0]]).replace(/~/g, '~~'));
    });
    pairs['pr' + (i + 1)] = parts.join('~');
  });
  pairs._et = Date.now() - shared.start;
  return pairs;
}

function track(target, name, fields) {
  var state = targets[target];
  if (!state) return;
  openSession(target);
  var pairs = eventPairs(name, fields);
  pairs.rules = matchingRules(fields);
  // Not Google's: all that the server wrote of the region, so that it can be seen whose variant a visitor got.
  if (name === 'page_view' && !firstParty) pairs.region = [text('30'), text('31'), yes('32'), geo['3'], geo['4'], geo['5'], geo['6'], geo['7'], googleDomain].join('~');
  if (state.isFirstVisit) pairs._fv = 1;
  if (state.isNew) pairs._ss = 1;
  var urgent = name === 'page_view' || name === 'purchase' || state.isNew || state.isFirstVisit;
  state.isNew = false;
  if (urgent) {
    flush(target);
    var common = commonPairs(target);
    if (pairs._ss) sendSignals(state);
    deliver(state, analyticsUrl(target, state.settings), query(common) + '&' + query(pairs) + '&tfd=' + (Date.now() - shared.start));
    if (name === 'purchase' && sendsAll) sendKeyEvent(state.settings, pairs);
  } else {
    state.queue.push(query(pairs));
    clearTimeout(state.timer);
    var full = state.queue.length >= 20 || state.queue.join('\r\n').length > 12000;
    if (full) flush(target); else state.timer = setTimeout(function () { flush(target); }, 1000);
  }
  if (!allowed('ad_storage') && name === 'page_view') {
    send(deniedUrl("/ccm/collect") + '?' + query({ en: name, dl: location.href.split('#')[0], gcs: consentState(), gtm: gtmLong, tid: target, rnd: shared.pageLoad }));
  }
}

/* Events of a short while go together: what they share in the URL, one line each in the body. */
function flush(target) {
  var state = targets[target];
  var lines = state.queue;
  if (!lines.length) return;
  state.queue = [];
  clearTimeout(state.timer);
  var common = query(commonPairs(target));
  var url = analyticsUrl(target, state.settings);
  var spent = '&tfd=' + (Date.now() - shared.start);
  if (lines.length === 1 || state.settings.server_container_url) lines.forEach(function (line) { deliver(state, url, common + '&' + line + spent); });
  else sendHit(url, common + spent, lines.join('\r\n'));
}

/* A server container is asked by GET, one event each, and its answer is obeyed. */
function deliver(state, url, query) {
  var server = state.settings.server_container_url;
  return server ? sendAndObey(url + '?' + query + '&richsstsse', absolute(server)) : sendHit(url, query);
}

function flushAll() { Object.keys(targets).forEach(flush); }
