/* Addresses. */
var firstPartyPaths = {"https://www.google.com":"/g","https://www.googleadservices.com":"/as","https://pagead2.googlesyndication.com":"/gs"};
function google(host, path) { return "https://" + host + path; }
function adsUrl(origin, path) { return firstParty ? base + firstPartyPaths[origin] + '/d' + path : origin + path; }
function deniedUrl(path) { return (firstParty ? base + firstPartyPaths["https://pagead2.googlesyndication.com"] : "https://pagead2.googlesyndication.com") + path; }
function formUrl(path) { return firstParty ? base + '/d' + path : google("www.google.com", path); }

function analyticsUrl(settings) {
  var server = settings.server_container_url || settings.transport_url;
  if (server) return absolute(server) + '/g/collect';
  var region = geo['4'];
  var signals = tunable('92') === '1' && settings.allow_google_signals !== false && allowed('ad_storage');
  if (firstParty && !region) return base + (signals ? '/ag/g/c' : '/ga/g/c');
  return signals
    ? "https://" + (region ? region + "." : "") + "analytics.google.com/" + 'g/collect'
    : "https://" + (region || "www") + ".google-analytics.com/" + 'g/collect';
}

function absolute(url) {
  var link = document.createElement('a');
  link.href = /^(https?:)?\/\/|^\//.test(url) ? url : 'https://' + url;
  return link.href.replace(/\/$/, '');
}

function isGoogle(url) {
  return url.indexOf("https://www.googletagmanager.com/") === 0 || /^https:\/\/([a-z0-9-]+\.)*(google-analytics|analytics\.google)\.com\//.test(url);
}

/* Sending. */
function send(url, body, method) {
  method = method || 'POST';
  if (window.fetch) {
    return fetch(url, { method: method, body: body, keepalive: true, mode: 'no-cors', credentials: 'include', cache: 'no-store' })
      .catch(function () { if (isGoogle(url)) send("https://www.google.com/g/collect" + url.slice(url.indexOf('?')), body); });
  }
  if (method === 'POST' && navigator.sendBeacon && navigator.sendBeacon(url, body)) return Promise.resolve();
  new Image().src = url;
  return Promise.resolve();
}

function sendHit(url, query, body) {
  // Experiment 547: path and query hide in the body of a POST to the measurement path itself.
  if (firstParty && flag(547) && url.indexOf(base + '/') === 0) {
    return send(base + '/', url.slice(base.length) + '?' + query + (body ? '\r\n' + body : ''));
  }
  return send(url + '?' + query, body);
}
