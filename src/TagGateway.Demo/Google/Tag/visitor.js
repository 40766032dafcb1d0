/* Consent. */
var consent = { used: false, set: {}, rank: {} };
function applyConsent(action, values) {
  var regions = values.region && [].concat(values.region);
  var rank = action === 'update' ? 9 : !regions ? 1 : regions.indexOf(geo['1']) >= 0 ? 3 : regions.indexOf(geo['0']) >= 0 ? 2 : 0;
  consent.used = true;
  Object.keys(values).forEach(function (type) {
    if (rank >= (consent.rank[type] || 0) && rank > 0 && /^(granted|denied)$/.test(values[type])) {
      consent.set[type] = values[type];
      consent.rank[type] = rank;
    }
  });
  if (action === 'update') Object.keys(targets).forEach(function (target) { openSession(target); });
}
function allowed(type) { return consent.set[type] !== 'denied'; }
function consentState() { return 'G1' + (allowed('ad_storage') ? 1 : 0) + (allowed('analytics_storage') ? 1 : 0); }

/* Cookies: the client, the session, the click. */
function readCookie(name) {
  var found = document.cookie.split('; ').filter(function (c) { return c.indexOf(name + '=') === 0; })[0];
  return found ? found.slice(name.length + 1) : '';
}
function writeCookie(name, value, seconds) {
  document.cookie = name + '=' + value + '; path=/; max-age=' + seconds + '; samesite=lax' + (location.protocol === 'https:' ? '; secure' : '');
}
function now() { return Math.floor(Date.now() / 1000); }
function hash(value) { for (var h = 7, i = 0; i < value.length; i++) h = (h * 31 + value.charCodeAt(i)) % 999999937; return h; }

function openClient() {
  var known = readCookie('_ga').split('.').slice(-2).join('.');
  shared.client = /^\d+\.\d+$/.test(known) ? known : shared.client || Math.floor(Math.random() * 2147483647) + '.' + now();
  if (allowed('analytics_storage')) writeCookie('_ga', 'GA1.1.' + shared.client, 63072000);
  if (allowed('ad_storage') && !readCookie('_gcl_au')) writeCookie('_gcl_au', '1.1.' + Math.floor(Math.random() * 2147483647) + '.' + now(), 7776000);
  var click = /[?&]gclid=([\w-]+)/.exec(location.search);
  if (click && allowed('ad_storage')) writeCookie('_gcl_aw', 'GCL.' + now() + '.' + click[1], 7776000);
}

function openSession(target) {
  openClient();
  var state = targets[target];
  var name = '_ga_' + target.slice(target.indexOf('-') + 1);
  var old = /^GS2\.1\.s(\d+)\$o(\d+)\$g(\d)\$t(\d+)\$j\d+\$l0\$h0(?:\$d([\w-]+))?/.exec(readCookie(name));
  state.isFirstVisit = !old && !state.session;
  if (!state.session) {
    var goesOn = old && now() - old[4] < 1800;
    state.session = goesOn ? +old[1] : now();
    state.count = old ? +old[2] + (goesOn ? 0 : 1) : 1;
    state.engaged = goesOn ? +old[3] : 0;
    state.join = (old && goesOn && old[5]) || btoa(String(Math.random())).replace(/[^\w]/g, '').slice(2, 24);
    state.isNew = !goesOn;
  }
  if (allowed('analytics_storage')) {
    writeCookie(name, 'GS2.1.s' + state.session + '$o' + state.count + '$g' + state.engaged + '$t' + now() + '$j60$l0$h0'
      + (firstParty ? '$d' + state.join : ''), 63072000);
  }
}
