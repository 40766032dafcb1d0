/* Addresses, first-party where there is such a form. */
var firstPartyPaths = {"https://www.google.com":"/g","https://www.googleadservices.com":"/as","https://pagead2.googlesyndication.com":"/gs"};
function adsUrl(origin, path) { return firstParty ? base + firstPartyPaths[origin] + '/d' + path : origin + path; }
function deniedUrl(path) { return (firstParty ? base + firstPartyPaths["https://pagead2.googlesyndication.com"] : "https://pagead2.googlesyndication.com") + path; }
function formUrl(number, path) { return firstParty ? base + '/d' + path : place(number); }

function analyticsUrl(target, settings) {
  if (/^MC-/.test(target)) return firstParty ? base + '/mc/collect' : place(20);
  var server = settings.server_container_url || settings.transport_url;
  if (server) return absolute(server) + '/g/collect';
  var signals = usesSignals(settings);
  if (firstParty && !geo['4']) return base + (signals ? '/ag/g/c' : '/ga/g/c');
  return signals ? signalsUrl('g/collect') : propertyUrl('g/collect');
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
      .catch(function () { if (isGoogle(url)) send(place(67) + url.slice(url.indexOf('?')), body); });
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

function showPixel(url) { new Image().src = url; }

function addFrame(url) {
  var frame = document.createElement('iframe');
  frame.style.display = 'none';
  frame.src = url;
  document.body.appendChild(frame);
  return frame;
}
